using System.Text.Json.Nodes;

namespace Kommo.Simulator;

/// <summary>A widget's step of a bot, and what became of it.</summary>
/// <param name="ContinueId">What <c>return_url</c> ends in.</param>
/// <param name="BotId">The bot.</param>
/// <param name="IsWaiting">Whether nobody continued it yet.</param>
/// <param name="Continuation">What the continuation said: <c>data</c> and <c>execute_handlers</c>; null before.</param>
public sealed record SimulatedBotStep(long ContinueId, long BotId, bool IsWaiting, JsonObject? Continuation);
