using Kommo.Webhooks;
using KommoFunctions.Handling;

namespace KommoFunctions.Core.Tests.Handling;

internal sealed class ScopeProbe : IDisposable
{
    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;
}

internal sealed class SeenProbes
{
    public List<ScopeProbe> All { get; } = [];
}

internal abstract class ProbingHandler(ScopeProbe probe, SeenProbes seen) : IEventHandler<LeadAdded>
{
    public Task HandleAsync(LeadAdded e, EventContext context, CancellationToken cancellationToken)
    {
        seen.All.Add(probe);
        return Task.CompletedTask;
    }
}

internal sealed class FirstProbingHandler(ScopeProbe probe, SeenProbes seen) : ProbingHandler(probe, seen);

internal sealed class SecondProbingHandler(ScopeProbe probe, SeenProbes seen) : ProbingHandler(probe, seen);
