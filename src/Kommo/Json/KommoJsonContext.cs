using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>
/// Source-generated metadata of the types that go to or come from Kommo; how they are written, <see cref="KommoJson"/>
/// says. An area may have a context of its own: it is named there too.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(Lead))]
[JsonSerializable(typeof(NewLead))]
[JsonSerializable(typeof(LeadUpdate))]
[JsonSerializable(typeof(NewComplexLead))]
[JsonSerializable(typeof(CreatedComplexLead))]
[JsonSerializable(typeof(Contact))]
[JsonSerializable(typeof(NewContact))]
[JsonSerializable(typeof(ContactUpdate))]
[JsonSerializable(typeof(Company))]
[JsonSerializable(typeof(NewCompany))]
[JsonSerializable(typeof(CompanyUpdate))]
[JsonSerializable(typeof(KommoTask))]
[JsonSerializable(typeof(NewTask))]
[JsonSerializable(typeof(TaskUpdate))]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(NewNote))]
[JsonSerializable(typeof(NoteUpdate))]
[JsonSerializable(typeof(WebhookSubscription))]
[JsonSerializable(typeof(CreatedEntity))]
[JsonSerializable(typeof(UpdatedEntity))]
[JsonSerializable(typeof(CustomFieldValues))]
[JsonSerializable(typeof(LegalEntityValue))]
[JsonSerializable(typeof(PartyValue))]
[JsonSerializable(typeof(InvoiceItemValue))]
[JsonSerializable(typeof(LinkedEntityValue))]
[JsonSerializable(typeof(FileFieldValue))]
[JsonSerializable(typeof(SalesbotContinuation))]
[JsonSerializable(typeof(long?))]
[JsonSerializable(typeof(decimal?))]
[JsonSerializable(typeof(TimeSpan?))]
[JsonSerializable(typeof(DateTimeOffset?))]
internal sealed partial class KommoJsonContext : JsonSerializerContext;
