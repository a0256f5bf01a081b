using System.Globalization;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A note to create (Kommo: Notes, adding). Made by a factory per type, which asks for what that type needs.</summary>
public sealed record NewNote : WriteItem
{
    /// <summary>The entity that it stands on.</summary>
    public required long EntityId { get; init; }

    /// <summary>Its type, one of <see cref="NoteTypes"/>.</summary>
    public required string NoteType { get; init; }

    /// <summary>Its parameters.</summary>
    public required NoteParams Params { get; init; }

    /// <summary>The author shown; 0 shows a robot.</summary>
    public long? CreatedBy { get; init; }

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>False keeps the note from triggering the Digital Pipeline.</summary>
    public bool? IsNeedToTriggerDigitalPipeline { get; init; }

    /// <summary>A text.</summary>
    public static NewNote Common(long entityId, string text) => Make(entityId, NoteTypes.Common, new() { Text = text });

    /// <summary>An incoming call.</summary>
    public static NewNote CallIn(long entityId, CallNote call) => Make(entityId, NoteTypes.CallIn, ParamsOf(call));

    /// <summary>An outgoing call.</summary>
    public static NewNote CallOut(long entityId, CallNote call) => Make(entityId, NoteTypes.CallOut, ParamsOf(call));

    /// <summary>A message of a service.</summary>
    public static NewNote ServiceMessage(long entityId, string service, string text) =>
        Make(entityId, NoteTypes.ServiceMessage, new() { Service = service, Text = text });

    /// <summary>A message of a service, shown larger.</summary>
    public static NewNote ExtendedServiceMessage(long entityId, string service, string text) =>
        Make(entityId, NoteTypes.ExtendedServiceMessage, new() { Service = service, Text = text });

    /// <summary>A message to the cashier.</summary>
    public static NewNote MessageCashier(long entityId, CashierMessageStatus status, string text) =>
        Make(entityId, NoteTypes.MessageCashier, new() { Status = NameOf(status), Text = text });

    /// <summary>A place; coordinates in degrees.</summary>
    public static NewNote Geolocation(long entityId, string text, string address, double longitude, double latitude) => Make(
        entityId,
        NoteTypes.Geolocation,
        new()
        {
            Text = text,
            Address = address,
            Longitude = longitude.ToString(CultureInfo.InvariantCulture),
            Latitude = latitude.ToString(CultureInfo.InvariantCulture),
        });

    /// <summary>An incoming SMS.</summary>
    public static NewNote SmsIn(long entityId, string text, string phone) =>
        Make(entityId, NoteTypes.SmsIn, new() { Text = text, Phone = phone });

    /// <summary>An outgoing SMS.</summary>
    public static NewNote SmsOut(long entityId, string text, string phone) =>
        Make(entityId, NoteTypes.SmsOut, new() { Text = text, Phone = phone });

    /// <summary>A file from Kommo's file storage.</summary>
    public static NewNote Attachment(long entityId, string fileUuid, string fileName, string? versionUuid = null) =>
        Make(entityId, NoteTypes.Attachment, new() { FileUuid = fileUuid, FileName = fileName, VersionUuid = versionUuid });

    private static NewNote Make(long entityId, string type, NoteParams parameters) =>
        new() { EntityId = entityId, NoteType = type, Params = parameters };

    private static NoteParams ParamsOf(CallNote call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call.ToParams();
    }

    private static string NameOf(CashierMessageStatus status) => status switch
    {
        CashierMessageStatus.Created => "created",
        CashierMessageStatus.Shown => "shown",
        CashierMessageStatus.Canceled => "canceled",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
