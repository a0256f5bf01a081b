namespace Kommo;

/// <summary>The note types that can be written (Kommo: Notes). Kommo reads back more, which stay as they are.</summary>
public static class NoteTypes
{
    /// <summary>A text.</summary>
    public const string Common = "common";

    /// <summary>An incoming call.</summary>
    public const string CallIn = "call_in";

    /// <summary>An outgoing call.</summary>
    public const string CallOut = "call_out";

    /// <summary>A message of a service.</summary>
    public const string ServiceMessage = "service_message";

    /// <summary>A message of a service, shown larger.</summary>
    public const string ExtendedServiceMessage = "extended_service_message";

    /// <summary>A message to the cashier.</summary>
    public const string MessageCashier = "message_cashier";

    /// <summary>A place.</summary>
    public const string Geolocation = "geolocation";

    /// <summary>An incoming SMS.</summary>
    public const string SmsIn = "sms_in";

    /// <summary>An outgoing SMS.</summary>
    public const string SmsOut = "sms_out";

    /// <summary>A file from Kommo's file storage.</summary>
    public const string Attachment = "attachment";
}
