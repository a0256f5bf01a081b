using Kommo.Webhooks;
using KommoFunctions.Handling;

namespace KommoFunctions.Core.Tests.Handling;

internal sealed class ScopeProbe : IDisposable
{
    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;
}

internal abstract class ProbingHandler(ScopeProbe probe, List<ScopeProbe> seen) : IEventHandler<LeadAdded>
{
    public Task HandleAsync(LeadAdded e, EventContext context, CancellationToken cancellationToken)
    {
        seen.Add(probe);
        return Task.CompletedTask;
    }
}

internal sealed class FirstProbingHandler(ScopeProbe probe, List<ScopeProbe> seen) : ProbingHandler(probe, seen);

internal sealed class SecondProbingHandler(ScopeProbe probe, List<ScopeProbe> seen) : ProbingHandler(probe, seen);
