namespace Kommo.Webhooks;

/// <summary>
/// Tells the hooks of Digital-Pipeline triggers from those of subscriptions. Their keys are the same; but a trigger's item tells ids alone
/// (<c>id</c>, stage, pipeline, period and those of before), while a subscription's has at least the time of the change with them.
/// </summary>
internal static class DigitalPipeline
{
    public static bool Sent(WebhookEvent e)
    {
        if (e is LeadCallReceived or LeadChatReceived or LeadMailReceived or LeadSiteVisited or CustomerPeriodChanged)
        {
            return true;
        }

        // A subscription, too, tells a deleted lead by its ids alone.
        if (e.Action == "delete")
        {
            return false;
        }

        foreach (var span in e.Fields.Spans)
        {
            if (!IsId(span.Key(e.Fields.Buffer)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsId(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("[id]"u8)
        || key.SequenceEqual("[status_id]"u8)
        || key.SequenceEqual("[old_status_id]"u8)
        || key.SequenceEqual("[pipeline_id]"u8)
        || key.SequenceEqual("[old_pipeline_id]"u8)
        || key.SequenceEqual("[period_id]"u8)
        || key.SequenceEqual("[old_period_id]"u8);
}
