using System.Text.Json;
using Kommo;
using Kommo.Webhooks;
using KommoFunctions.Failures;
using KommoFunctions.OwnWrites;

namespace KommoFunctions.Outbox;

/// <summary>What lanes have in common: how a command is stored, and that one which cannot be sent does not hold up the others.</summary>
/// <typeparam name="TItem">What a command becomes on the wire.</typeparam>
internal abstract class Lane<TItem>(string name) : ILane
    where TItem : class
{
    public string Name { get; } = name;

    public abstract LaneRepetition Repetition { get; }

    public virtual LaneRepetition RepetitionOf(PendingCommand command) => Repetition;

    public virtual int MostItems => KommoLimits.EntitiesPerRequest;

    public string Write(KommoCommand command) => CommandText.Plain(ToJson((TItem)command.Item));

    public virtual string ItemOf(PendingCommand command) => command.Id;

    public abstract IReadOnlyList<PendingCommand> Select(IReadOnlyList<PendingCommand> commands, int limit, bool merge);

    /// <summary>An operator may have edited what a dead letter held: what cannot be sent is refused before anything is.</summary>
    public Task<LaneAnswer> SendAsync(KommoClient kommo, IReadOnlyList<PendingCommand> commands, CancellationToken cancellationToken)
    {
        var sound = new List<(PendingCommand Command, TItem Item)>(commands.Count);
        var unfit = new List<(PendingCommand Command, string Error)>();
        foreach (var command in commands)
        {
            try
            {
                var item = Read(command);
                Require(item);
                sound.Add((command, item));
            }
            catch (Exception e) when (e is ArgumentException or UnreadableMessageException)
            {
                unfit.Add((command, e.Message));
            }
        }

        return unfit.Count > 0 ? Task.FromResult(new LaneAnswer([], unfit)) : SendAsync(kommo, sound, cancellationToken);
    }

    public virtual Task<IReadOnlyList<DoneCommand>> FindDoneAsync(
        KommoClient kommo,
        IReadOnlyList<PendingCommand> commands,
        DateTimeOffset since,
        IReadOnlySet<long> known,
        CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DoneCommand>>([]);

    public virtual Task<IReadOnlyList<PendingCommand>> FindOvertakenAsync(
        KommoClient kommo, IReadOnlyList<PendingCommand> commands, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PendingCommand>>([]);

    public virtual WriteTrace? TraceOf(WebhookEvent e) => null;

    public void Check(string json)
    {
        try
        {
            Require(FromJson(json) ?? throw new JsonException("It is empty."));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new JsonException(e.Message, e);
        }
    }

    protected abstract Task<LaneAnswer> SendAsync(
        KommoClient kommo, IReadOnlyList<(PendingCommand Command, TItem Item)> commands, CancellationToken cancellationToken);

    protected virtual string ToJson(TItem item) => JsonSerializer.Serialize(item, KommoJson.TypeOf<TItem>());

    protected virtual TItem? FromJson(string json) => JsonSerializer.Deserialize(json, KommoJson.TypeOf<TItem>());

    /// <exception cref="ArgumentException">The item is against a documented limit, or lacks what its route needs.</exception>
    protected virtual void Require(TItem item) => (item as WriteItem)?.Validate();

    /// <exception cref="UnreadableMessageException">The command is no JSON of this lane.</exception>
    protected TItem Read(PendingCommand command)
    {
        try
        {
            return FromJson(command.Json) ?? throw new UnreadableMessageException($"Command {command.Id} is empty.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new UnreadableMessageException($"Command {command.Id} is not what its lane takes.");
        }
    }

    protected TItem? TryRead(PendingCommand command)
    {
        try
        {
            return Read(command);
        }
        catch (UnreadableMessageException)
        {
            return null;
        }
    }
}
