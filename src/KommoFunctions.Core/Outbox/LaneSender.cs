using Kommo;
using KommoFunctions.Accounts;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Outbox;

/// <summary>Sends one batch in one request and says what became of each command, or leaves in the lane's state what is not known.</summary>
internal sealed partial class LaneSender(
    AccountSessions sessions, IOptions<OutboxOptions> options, CoreMetrics metrics, TimeProvider time, ILogger<LaneSender> logger)
{
    private readonly OutboxOptions _options = options.Value;

    /// <param name="hold">The lane, whose row names the batch as in flight.</param>
    /// <param name="lane">How it is sent.</param>
    /// <param name="batch">What is sent.</param>
    /// <param name="cancellationToken">Ends the wait; the batch is in doubt then.</param>
    /// <exception cref="NotNowException">The answer was lost: the batch is in doubt. Or there was no token to send it with.</exception>
    /// <exception cref="KommoException">Kommo could not be reached or refused for now; nothing was done.</exception>
    public async Task<SendOutcome> SendAsync(
        LaneHold hold, ILane lane, IReadOnlyList<PendingCommand> batch, CancellationToken cancellationToken)
    {
        // The request ends before the hold does: nobody else may be sending meanwhile.
        using var ours = new CancellationTokenSource(hold.Left * 0.8, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ours.Token, cancellationToken);
        try
        {
            var session = await sessions.GetAsync(hold.Key.AccountId, either.Token);
            var answer = await lane.SendAsync(session.Kommo, batch, either.Token);
            return SendOutcome.OfAnswer(answer, Grow(hold.State.BatchLimit));
        }
        catch (KommoValidationException e)
        {
            return SendOutcome.OfRefusal(e, batch, lane);
        }
        catch (KommoException e) when (e.Fate == RequestFate.Unknown)
        {
            Log.InDoubt(logger, hold.Key.PartitionKey, batch.Count, e);
            metrics.Commands(hold.Key.Lane, "in_doubt", batch.Count);
            if (e is KommoGatewayTimeoutException)
            {
                hold.State = hold.State with { BatchLimit = Math.Max(1, batch.Select(lane.ItemOf).Distinct().Count() / 2) };
            }

            throw new NotNowException(e.Message, _options.InDoubtDelay, e);
        }
        catch (KommoException e) when (e.Category is KommoErrorCategory.Forbidden or KommoErrorCategory.Rejected)
        {
            // Refused as a whole and for good: a missing right, say. The commands become dead letters with that reason, one by one.
            return new SendOutcome { Refused = [.. batch.Select(c => (c, e.Message))], BatchLimit = hold.State.BatchLimit };
        }
        catch (KommoBlockedException e)
        {
            // Between two of them a probe has found that Kommo serves the account. So it may be what a command says that Kommo's front door refuses.
            var items = batch.Select(lane.ItemOf).Distinct().Count();
            if (items == 1 && hold.State.Blocks + 1 >= FailurePolicy.MaxBlocks)
            {
                return new SendOutcome { Refused = [.. batch.Select(c => (c, e.Message))], BatchLimit = 1 };
            }

            hold.State = hold.State with { InFlight = [], BatchLimit = 1, Blocks = hold.State.Blocks + 1 };
            throw;
        }
        catch (Exception e) when (e is KommoException or NotNowException)
        {
            // The second tells that there was no token to send it with. Of any other exception the request may be under way: the mark stays.
            hold.State = hold.State with { InFlight = [] };
            throw;
        }
    }

    /// <summary>A limit learnt from a timeout grows back with each batch that goes through.</summary>
    private int Grow(int limit) => limit == 0 || limit * 2 >= _options.BatchSize ? 0 : limit * 2;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Lane}: the answer to a request with {Count} commands was lost; what Kommo did will be found out")]
        public static partial void InDoubt(ILogger logger, string lane, int count, Exception exception);
    }
}
