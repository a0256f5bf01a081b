using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>Who called whom (Kommo: Calls, <c>direction</c>).</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<CallDirection>))]
public enum CallDirection
{
    /// <summary>The customer called.</summary>
    Inbound,

    /// <summary>The user called.</summary>
    Outbound,
}
