using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>
/// An incoming lead to create from a form or a call (Kommo: Incoming leads, adding); <see cref="FromForm"/> and <see cref="FromCall"/> ask
/// for what Kommo wants to know.
/// </summary>
public sealed record NewIncomingLead : WriteItem
{
    /// <summary>The source's id.</summary>
    public required string SourceUid { get; init; }

    /// <summary>The source's name.</summary>
    public required string SourceName { get; init; }

    /// <summary>What is known of the form or call.</summary>
    public required IncomingLeadMetadata Metadata { get; init; }

    /// <summary>The pipeline that it waits in. Default: the main one.</summary>
    public long? PipelineId { get; init; }

    /// <summary>When it came.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The lead that it will become.</summary>
    [JsonIgnore]
    public NewLead? Lead { get; init; }

    /// <summary>The contact that it will become.</summary>
    [JsonIgnore]
    public NewContact? Contact { get; init; }

    /// <summary>The company that it will become.</summary>
    [JsonIgnore]
    public NewCompany? Company { get; init; }

    [JsonInclude]
    [JsonPropertyName("_embedded")]
    internal NewIncomingLeadEmbedded? Embedded => Lead is null && Contact is null && Company is null
        ? null
        : new(Lead is null ? null : [Lead], Contact is null ? null : [Contact], Company is null ? null : [Company]);

    /// <summary>One that came by a form.</summary>
    /// <param name="sourceUid">The source's id.</param>
    /// <param name="sourceName">The source's name.</param>
    /// <param name="formId">The form's id.</param>
    /// <param name="formName">The form's name.</param>
    /// <param name="formPage">The page that the form is on.</param>
    /// <param name="sentAt">When it was sent.</param>
    public static NewIncomingLead FromForm(
        string sourceUid, string sourceName, string formId, string formName, Uri formPage, DateTimeOffset sentAt) => new()
        {
            SourceUid = sourceUid,
            SourceName = sourceName,
            Metadata = new() { FormId = formId, FormName = formName, FormPage = formPage?.OriginalString, FormSentAt = sentAt },
        };

    /// <summary>One that came by a call.</summary>
    /// <param name="sourceUid">The source's id.</param>
    /// <param name="sourceName">The source's name.</param>
    /// <param name="serviceCode">The telephony's code.</param>
    /// <param name="from">Who called.</param>
    /// <param name="phone">The number that was called.</param>
    /// <param name="calledAt">When.</param>
    /// <param name="duration">How long; whole seconds.</param>
    /// <param name="uniq">The call's unique id.</param>
    /// <param name="link">Where the recording is; null when there is none.</param>
    public static NewIncomingLead FromCall(
        string sourceUid,
        string sourceName,
        string serviceCode,
        string from,
        string phone,
        DateTimeOffset calledAt,
        TimeSpan duration,
        string uniq,
        Uri? link = null) => new()
        {
            SourceUid = sourceUid,
            SourceName = sourceName,
            Metadata = new()
            {
                ServiceCode = serviceCode,
                From = from,
                Phone = phone,
                CalledAt = calledAt,
                Duration = duration,
                Uniq = uniq,
                Link = link?.OriginalString,
                IsCallEventNeeded = true,
            },
        };
}

/// <summary>What stands under <c>_embedded</c> of a new incoming lead.</summary>
internal sealed record NewIncomingLeadEmbedded(
    IReadOnlyList<NewLead>? Leads, IReadOnlyList<NewContact>? Contacts, IReadOnlyList<NewCompany>? Companies);
