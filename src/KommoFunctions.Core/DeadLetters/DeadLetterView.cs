using System.Text.Json.Serialization;

namespace KommoFunctions.DeadLetters;

/// <summary>A dead letter in a list: all but its body.</summary>
internal record DeadLetterView
{
    public required string Id { get; init; }

    public required long AccountId { get; init; }

    public required string Source { get; init; }

    public required string Reason { get; init; }

    /// <summary>What to do about it.</summary>
    public required string ToDo { get; init; }

    public DeadLetterSubject? Subject { get; init; }

    public required string FirstError { get; init; }

    public required string LastError { get; init; }

    public required int Attempts { get; init; }

    public required int Replays { get; init; }

    public required int Edits { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset DiedAt { get; init; }

    public DateTimeOffset? ReplayedAt { get; init; }

    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>Whether it was put back and has not ended since: it goes from here when it is done.</summary>
    public required bool UnderWay { get; init; }

    public static DeadLetterView Of(DeadLetterSummary item) => new()
    {
        Id = item.Id,
        AccountId = item.AccountId,
        Source = item.Source,
        Reason = item.Reason,
        ToDo = Advice.Of(item.Reason),
        Subject = item.Subject,
        FirstError = item.FirstError,
        LastError = item.LastError,
        Attempts = item.Attempts,
        Replays = item.Replays,
        Edits = item.Edits,
        ReceivedAt = item.ReceivedAt,
        DiedAt = item.DiedAt,
        ReplayedAt = item.ReplayedAt,
        EditedAt = item.EditedAt,
        UnderWay = item.IsUnderWay,
    };
}

/// <summary>A dead letter by itself: with its body and its history.</summary>
internal sealed record DeadLetterDetails : DeadLetterView
{
    /// <summary>The version; an edit has to name it.</summary>
    [JsonPropertyName("etag")]
    public required string ETag { get; init; }

    /// <summary>What a replay puts back.</summary>
    public required BodyView Body { get; init; }

    /// <summary>What it was before an operator edited it.</summary>
    public BodyView? OriginalBody { get; init; }

    public required IReadOnlyList<Death> Deaths { get; init; }

    public static DeadLetterDetails Of(DeadLetter item, ShownBody body, ShownBody? original)
    {
        var view = DeadLetterView.Of(item);
        return new DeadLetterDetails
        {
            Id = view.Id,
            AccountId = view.AccountId,
            Source = view.Source,
            Reason = view.Reason,
            ToDo = view.ToDo,
            Subject = view.Subject,
            FirstError = view.FirstError,
            LastError = view.LastError,
            Attempts = view.Attempts,
            Replays = view.Replays,
            Edits = view.Edits,
            ReceivedAt = view.ReceivedAt,
            DiedAt = view.DiedAt,
            ReplayedAt = view.ReplayedAt,
            EditedAt = view.EditedAt,
            UnderWay = view.UnderWay,
            ETag = item.ETag.ToString()!,
            Body = BodyView.Of(body),
            OriginalBody = original is null ? null : BodyView.Of(original),
            Deaths = item.Deaths,
        };
    }
}

/// <summary>A body.</summary>
/// <param name="Text">The text that can be edited and put back; null when there is none any more.</param>
/// <param name="Encoding"><c>text</c>, or <c>base64</c> for what is no text.</param>
/// <param name="Problem">What is wrong with it, if it could not be read.</param>
internal sealed record BodyView(string? Text, string Encoding, string? Problem)
{
    public static BodyView Of(ShownBody body) => new(body.Text, body.IsBase64 ? "base64" : "text", body.Problem);
}

/// <summary>A page of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Continue">The value to ask for the next page with; null on the last one.</param>
internal sealed record DeadLetterPageView(IReadOnlyList<DeadLetterView> Items, string? Continue);

/// <summary>What became of many.</summary>
/// <param name="Done">How many it was done with.</param>
/// <param name="Failed">Those with which it could not be done, and why.</param>
/// <param name="Continue">The value to go on with; null when there are no more.</param>
internal sealed record BulkView(int Done, IReadOnlyList<BulkFailure> Failed, string? Continue);

/// <summary>One with which it could not be done.</summary>
internal sealed record BulkFailure(long AccountId, string Id, string Why);

/// <summary>A new body.</summary>
/// <param name="Body">The text.</param>
/// <param name="Account">The account of a message that could not be read.</param>
internal sealed record BodyEntry(string? Body, long? Account);
