using System.Globalization;
using System.Text;

namespace Kommo.Webhooks;

/// <summary>One review of a chat template (Kommo: Webhooks, <c>reviews</c>).</summary>
/// <param name="Id">The review's id.</param>
/// <param name="SourceId">The source that it is for.</param>
/// <param name="Status">How it stands, such as <c>review</c>, <c>approved</c>, <c>rejected</c>.</param>
/// <param name="RejectReason">Why it was refused.</param>
public sealed record WebhookTemplateReview(long? Id, long? SourceId, string? Status, string? RejectReason)
{
    internal static IReadOnlyList<WebhookTemplateReview> Read(WebhookFields fields)
    {
        var numbers = default(NameTable);
        var reviews = new List<WebhookTemplateReview>();
        foreach (var span in fields.Spans)
        {
            if (KeyPath.TryTakeSegment(span.Key(fields.Buffer), out var name, out var rest)
                && name.SequenceEqual("reviews"u8)
                && KeyPath.TryTakeSegment(rest, out var index, out rest)
                && KeyPath.TryTakeSegment(rest, out var property, out rest)
                && rest.IsEmpty)
            {
                var number = numbers.FindOrAdd(fields.Buffer, span.Start + name.Length + 3, index.Length);
                if (number == reviews.Count)
                {
                    reviews.Add(new WebhookTemplateReview(null, null, null, null));
                }

                reviews[number] = reviews[number].With(property, Encoding.UTF8.GetString(span.Value(fields.Buffer)));
            }
        }

        return reviews;
    }

    private WebhookTemplateReview With(ReadOnlySpan<byte> property, string value)
    {
        if (property.SequenceEqual("id"u8))
        {
            return this with { Id = Number(value) };
        }

        if (property.SequenceEqual("source_id"u8))
        {
            return this with { SourceId = Number(value) };
        }

        if (property.SequenceEqual("status"u8))
        {
            return this with { Status = value };
        }

        return property.SequenceEqual("reject_reason"u8) ? this with { RejectReason = value } : this;
    }

    private static long? Number(string value) => long.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : null;
}
