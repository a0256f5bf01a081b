using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>Source-generated metadata of every type that goes to or comes from Kommo.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(UnixSecondsConverter), typeof(DurationSecondsConverter), typeof(LenientBooleanConverter)])]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(Lead))]
[JsonSerializable(typeof(NewLead))]
[JsonSerializable(typeof(LeadUpdate))]
[JsonSerializable(typeof(NewLead[]))]
[JsonSerializable(typeof(LeadUpdate[]))]
[JsonSerializable(typeof(Contact))]
[JsonSerializable(typeof(NewContact))]
[JsonSerializable(typeof(ContactUpdate))]
[JsonSerializable(typeof(NewContact[]))]
[JsonSerializable(typeof(ContactUpdate[]))]
[JsonSerializable(typeof(Company))]
[JsonSerializable(typeof(NewCompany))]
[JsonSerializable(typeof(CompanyUpdate))]
[JsonSerializable(typeof(NewCompany[]))]
[JsonSerializable(typeof(CompanyUpdate[]))]
[JsonSerializable(typeof(KommoTask))]
[JsonSerializable(typeof(NewTask))]
[JsonSerializable(typeof(TaskUpdate))]
[JsonSerializable(typeof(NewTask[]))]
[JsonSerializable(typeof(TaskUpdate[]))]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(NewNote))]
[JsonSerializable(typeof(NoteUpdate))]
[JsonSerializable(typeof(NewNote[]))]
[JsonSerializable(typeof(NoteUpdate[]))]
[JsonSerializable(typeof(WebhookSubscription))]
[JsonSerializable(typeof(CreatedEntity))]
[JsonSerializable(typeof(UpdatedEntity))]
[JsonSerializable(typeof(CustomFieldValues))]
[JsonSerializable(typeof(SalesbotContinuation))]
public sealed partial class KommoJsonContext : JsonSerializerContext;
