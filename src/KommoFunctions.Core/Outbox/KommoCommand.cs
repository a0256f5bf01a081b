namespace KommoFunctions.Outbox;

/// <summary>
/// A write to Kommo that the outbox sends: once, in order, together with others of its kind in one request. <c>docs/commands.md</c> says of each
/// command how it is batched and what happens when an answer is lost.
/// </summary>
public abstract record KommoCommand
{
    private protected KommoCommand()
    {
    }

    /// <summary>The lane, that is the API route, that the command is sent by.</summary>
    internal abstract string Lane { get; }

    /// <summary>What the command becomes on the wire, of the type that its lane takes.</summary>
    internal abstract object Item { get; }

    /// <summary>Refuses what could never be carried out, while the handler that wants it is still running.</summary>
    /// <exception cref="ArgumentException">The command lacks what Kommo needs, or is against a documented limit.</exception>
    internal abstract void Require();
}
