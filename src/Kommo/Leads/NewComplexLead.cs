using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>
/// A lead to create together with its contact and its company (Kommo: Leads, complex adding). With duplicate control on for
/// the integration, Kommo may merge them into entities that it has.
/// </summary>
public sealed record NewComplexLead : NewLeadFields
{
    /// <summary>The contact to create, or the existing one to link by <see cref="ComplexContact.Id"/>; null for none.</summary>
    [JsonIgnore]
    public ComplexContact? Contact { get; init; }

    /// <summary>The company to create; null for none.</summary>
    [JsonIgnore]
    public NewCompany? Company { get; init; }

    /// <summary>Tags; an unknown name makes a new tag.</summary>
    [JsonIgnore]
    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>Where the lead came from, such as a form.</summary>
    [JsonIgnore]
    public ComplexLeadMetadata? Metadata { get; init; }

    [JsonInclude]
    [JsonPropertyName("_embedded")]
    internal ComplexLeadEmbedded? Embedded
    {
        get => Contact is null && Company is null && Tags is null && Metadata is null
            ? null
            : new(Contact is null ? null : [Contact], Company is null ? null : [Company], Tags, Metadata);

        // So that what was stored as JSON can be sent later.
        init => (Contact, Company, Tags, Metadata) =
            (value?.Contacts is [var contact, ..] ? contact : null, value?.Companies is [var company, ..] ? company : null, value?.Tags, value?.Metadata);
    }

    internal override void Require()
    {
        RequireFields(CustomFields, "the lead");
        RequireFields(Contact?.CustomFields, "the contact");
        RequireFields(Company?.CustomFields, "the company");
    }

    private static void RequireFields(IReadOnlyList<CustomFieldValues>? fields, string of) => KommoLimitException.RequireAtMost(
        fields?.Count, KommoLimits.CustomFieldsPerComplexEntity, $"custom fields of {of}", nameof(CustomFields));
}

/// <summary>The contact of a new complex lead: a new one, or the id of one that exists.</summary>
public sealed record ComplexContact
{
    /// <summary>The id of an existing contact to link; the other fields are then not needed.</summary>
    public long? Id { get; init; }

    /// <summary>The full name.</summary>
    public string? Name { get; init; }

    /// <summary>The first name.</summary>
    public string? FirstName { get; init; }

    /// <summary>The last name.</summary>
    public string? LastName { get; init; }

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Custom fields.</summary>
    [JsonPropertyName("custom_fields_values")]
    public IReadOnlyList<CustomFieldValues>? CustomFields { get; init; }
}

/// <summary>Where a complex lead came from (Kommo: Leads, complex adding, <c>metadata</c>).</summary>
public sealed record ComplexLeadMetadata
{
    /// <summary>The kind: <c>forms</c> or <c>sip</c>.</summary>
    public required string Category { get; init; }

    /// <summary>A form's id.</summary>
    public string? FormId { get; init; }

    /// <summary>A form's name.</summary>
    public string? FormName { get; init; }

    /// <summary>The page that the form is on.</summary>
    public string? FormPage { get; init; }

    /// <summary>The address of who filled it in.</summary>
    public string? Ip { get; init; }

    /// <summary>When the form was sent.</summary>
    public DateTimeOffset? FormSentAt { get; init; }

    /// <summary>The page before it.</summary>
    public string? Referer { get; init; }
}

/// <summary>What stands under <c>_embedded</c> of a new complex lead.</summary>
internal sealed record ComplexLeadEmbedded(
    IReadOnlyList<ComplexContact>? Contacts, IReadOnlyList<NewCompany>? Companies, IReadOnlyList<Tag>? Tags, ComplexLeadMetadata? Metadata);
