using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>Something that Kommo answered. Fields that this library has no name for are kept.</summary>
public abstract class KommoObject : IWriteAnswer
{
    private protected KommoObject()
    {
    }

    /// <summary>Everything else that Kommo sent.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }

    string? IWriteAnswer.RequestId => AnsweredRequestId;

    string? IWriteAnswer.Key => AnsweredKey;

    private protected virtual string? AnsweredRequestId => WriteAnswers.RequestIdIn(AdditionalFields);

    private protected virtual string? AnsweredKey => null;
}
