using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using KommoFunctions.Connecting;
using KommoFunctions.DeadLetters;
using KommoFunctions.Limiting;
using KommoFunctions.Outbox;
using KommoFunctions.OwnWrites;
using KommoFunctions.Splitting;
using KommoFunctions.Uninstalling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Maintenance;

/// <summary>
/// Removes what is kept no longer: events seen, marks of commands sent, bodies left behind by a crash, old dead letters, the tokens of accounts that
/// removed the integration, tries to connect, the limiter's rows of hosts without an account.
/// </summary>
public sealed partial class Maintainer
{
    private readonly EventLog _events;
    private readonly OutboxStore _outbox;
    private readonly DirectWriteStore _writes;
    private readonly BlobContainerClient _bodies;
    private readonly DeadLetterStore _deadLetters;
    private readonly RemovedSecrets _secrets;
    private readonly UsedStates _states;
    private readonly AccountLimiters _limiters;
    private readonly MaintenanceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal Maintainer(
        EventLog events,
        OutboxStore outbox,
        DirectWriteStore writes,
        BlobContainerClient bodies,
        DeadLetterStore deadLetters,
        RemovedSecrets secrets,
        UsedStates states,
        AccountLimiters limiters,
        IOptions<MaintenanceOptions> options,
        TimeProvider time,
        ILogger<Maintainer> logger)
    {
        _events = events;
        _outbox = outbox;
        _writes = writes;
        _bodies = bodies;
        _deadLetters = deadLetters;
        _secrets = secrets;
        _states = states;
        _limiters = limiters;
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    /// <summary>Removes what is due. Safe to be stopped at any point and to run on several instances.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        var now = _time.GetUtcNow();
        var events = await _events.ForgetAsync(now - _options.KeepEvents, cancellationToken);
        var commands = await _outbox.ForgetAsync(now - _options.KeepEvents, cancellationToken);
        await _writes.ForgetAsync(now - _options.KeepEvents, cancellationToken);
        var bodies = await RemoveBodiesAsync(now - _options.KeepBodies - _options.KeepDeadLetters, cancellationToken);
        var letters = await _deadLetters.DiscardOlderAsync(now - _options.KeepDeadLetters, cancellationToken);
        await _states.ForgetAsync(now - TimeSpan.FromHours(1), cancellationToken);
        await _limiters.ForgetAsync(now - TimeSpan.FromDays(1), cancellationToken);
        var secrets = await _secrets.DeleteAsync(now - _options.KeepSecrets, cancellationToken);
        Log.Removed(_logger, events, commands, bodies, letters, secrets);
    }

    private async Task<int> RemoveBodiesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var blob in _bodies.GetBlobsAsync(new GetBlobsOptions(), cancellationToken))
        {
            if (blob.Properties.LastModified < before)
            {
                await _bodies.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
                count++;
            }
        }

        return count;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Removed: {Events} remembered events, {Commands} remembered commands, {Bodies} left bodies, {DeadLetters} old dead letters, tokens of {Accounts} removed accounts")]
        public static partial void Removed(ILogger logger, int events, int commands, int bodies, int deadLetters, int accounts);
    }
}
