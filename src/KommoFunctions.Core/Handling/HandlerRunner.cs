using KommoFunctions.Accounts;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Handling;

/// <summary>Runs handlers in a scope of their own and stores what they send in the outbox, all or nothing.</summary>
internal sealed class HandlerRunner(AccountSessions sessions, OutboxWriter outbox, IServiceScopeFactory scopes)
{
    public async Task RunAsync(
        Envelope envelope,
        long accountId,
        Func<IServiceProvider, EventContext, Task> handle,
        CancellationToken cancellationToken,
        bool isStale = false,
        bool isOwnWrite = false)
    {
        var session = await sessions.GetAsync(accountId, cancellationToken);
        var context = new EventContext(envelope.Id, accountId, envelope.ReceivedAt, session.ForHandlers) { IsStale = isStale, IsOwnWrite = isOwnWrite };
        await using (var scope = scopes.CreateAsyncScope())
        {
            await handle(scope.ServiceProvider, context);
        }

        await outbox.StoreAsync(context, cancellationToken);
    }
}
