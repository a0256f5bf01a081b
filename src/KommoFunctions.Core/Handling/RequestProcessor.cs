using KommoFunctions.Chats;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Salesbot;
using KommoFunctions.Splitting;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Handling;

/// <summary>Runs the handlers of what is no event: a Salesbot's request, a chat's hook.</summary>
internal sealed class RequestProcessor(ContentCodec codec, EventLog log, ChatAccounts chats, HandlerRunner runner, CoreMetrics metrics)
{
    public async Task HandleAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        if ((await log.ReadAsync(envelope.AccountId, envelope.Id, at: null, cancellationToken)).IsHandled)
        {
            return;
        }

        var body = await codec.UnpackAsync(envelope.Content, cancellationToken);
        if (envelope.Kind == ArrivalKind.Salesbot)
        {
            var request = SalesbotBody.Read(body);
            await RunAsync<ISalesbotHandler>(envelope, envelope.AccountId, (h, context) => h.HandleAsync(request, context, cancellationToken), cancellationToken);
        }
        else
        {
            var hook = ChatHook.Read(body, envelope.Scope);
            var account = await chats.FindAsync(hook.AccountId!, cancellationToken);
            await RunAsync<IChatHandler>(envelope, account, (h, context) => h.HandleAsync(hook, context, cancellationToken), cancellationToken);
        }

        await log.MarkHandledAsync(envelope.AccountId, envelope.Id, knownUntil: null, cancellationToken);
        metrics.Event(envelope.Kind.ToString(), "request", "handled");
    }

    private Task RunAsync<THandler>(
        Envelope envelope, long accountId, Func<THandler, EventContext, Task> handle, CancellationToken cancellationToken) => runner.RunAsync(
        envelope,
        accountId,
        async (services, context) =>
        {
            var handlers = services.GetServices<THandler>().ToList();
            if (handlers.Count == 0)
            {
                throw new PermanentFailureException(DeadLetterReasons.NoHandler, $"No {typeof(THandler).Name} is registered.");
            }

            foreach (var handler in handlers)
            {
                await handle(handler, context);
            }
        },
        cancellationToken);
}
