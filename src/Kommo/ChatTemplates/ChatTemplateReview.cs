using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>The review of a template by a messenger (Kommo: Chat templates, reviews).</summary>
public sealed class ChatTemplateReview : KommoObject
{
    /// <summary>The review's id.</summary>
    public long Id { get; set; }

    /// <summary>The source whose messenger reviews.</summary>
    public long? SourceId { get; set; }

    /// <summary>How it stands, by the names of <see cref="ChatTemplateReviewStatus"/>.</summary>
    public string? Status { get; set; }

    /// <summary>Why it was rejected.</summary>
    public string? RejectReason { get; set; }
}

/// <summary>How a review stands (Kommo: Chat templates, <c>status</c> of a review).</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ChatTemplateReviewStatus>))]
public enum ChatTemplateReviewStatus
{
    /// <summary>The messenger looks at it.</summary>
    Review,

    /// <summary>It may be sent.</summary>
    Approved,

    /// <summary>It may be sent no more, for now.</summary>
    Paused,

    /// <summary>It may not be sent.</summary>
    Rejected,
}

/// <summary>What a messenger decided on a template (Kommo: Chat templates, editing a review).</summary>
internal sealed record ChatTemplateDecision(ChatTemplateReviewStatus Status, string? RejectReason);
