using System.Text.Json.Nodes;
using Kommo.Simulator.Bots;
using Kommo.Simulator.Documents;

namespace Kommo.Simulator;

/// <content>What bots do: a widget's step asks the integration and waits to be continued.</content>
public sealed partial class KommoSimulator
{
    /// <summary>The widget steps of bots, oldest first.</summary>
    public IReadOnlyList<SimulatedBotStep> BotSteps => Locked(() =>
        (IReadOnlyList<SimulatedBotStep>)[.. BotTables.Steps(_store).All.Select(row => new SimulatedBotStep(
            row.Id(), row.Long("bot_id"), row.Flag("is_waiting"), (row["continuation"] as JsonObject)?.Copy()))]);

    /// <summary>A bot comes to a widget's step on an entity: the widget is asked, and the bot waits for its continuation.</summary>
    /// <param name="widget">Where the widget's request goes.</param>
    /// <param name="kind">What the bot runs on: a lead, contact or customer.</param>
    /// <param name="entityId">Its id.</param>
    /// <param name="data">What the bot's author wrote into the step; null for nothing.</param>
    /// <param name="botId">The bot; null is the first one.</param>
    /// <param name="asForm">Whether the body is form-encoded rather than JSON: both are seen.</param>
    /// <param name="ct">Gives up waiting for the widget; the step goes on waiting.</param>
    /// <returns>The step's id for its continuation, and the status that the widget answered: 0 is no answer within 2 seconds.</returns>
    /// <exception cref="ArgumentException">There is no such entity or bot.</exception>
    public async Task<(long ContinueId, int Status)> StartBotStepAsync(
        Uri widget, EntityKind kind, long entityId, JsonObject? data = null, long? botId = null, bool asForm = false, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(widget);
        long bot;
        long step;
        lock (_store.Gate)
        {
            Existing(_store.Find(kind, entityId), entityId);
            bot = botId ?? BotTables.Bots(_store).All[0].Id();
            Existing(BotTables.Bots(_store).Find(bot), bot);
            DocumentTable steps = BotTables.Steps(_store);
            step = steps.NextId();
            steps.Put(new JsonObject { ["id"] = step, ["bot_id"] = bot, ["is_waiting"] = true, ["continuation"] = null });
        }

        Touch();
        string token = BotStep.Token(Options, kind, entityId, BaseAddress, widget);
        string returnUrl = $"{BaseAddress}api/v4/salesbot/{bot.ToText()}/continue/{step.ToText()}";
        return (step, await BotStep.SendAsync(widget, token, data ?? [], returnUrl, asForm, Options, ct));
    }
}
