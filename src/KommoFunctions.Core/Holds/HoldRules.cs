using Kommo;
using Kommo.OAuth;
using KommoFunctions.Limiting;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Holds;

/// <summary>Tells which failures concern an account as a whole, and for how long.</summary>
internal sealed class HoldRules(IOptions<HoldOptions> holds, IOptions<LimitOptions> limits)
{
    private readonly HoldOptions _holds = holds.Value;
    private readonly LimitOptions _limits = limits.Value;

    /// <summary>The cause that a failure speaks of; null when it concerns one piece of work only, or passes soon.</summary>
    /// <param name="e">The failure.</param>
    /// <param name="attempts">How often the same piece of work has failed; trouble that is Kommo's own counts from a number on.</param>
    public HoldCause? CauseOf(Exception e, int attempts) => e switch
    {
        NeedsAuthorizationException or KommoUnauthorizedException or KommoGrantRejectedException => new(HoldReason.NeedsAuthorization, e.Message, _holds.LookForMending),
        KommoPaymentRequiredException => new(HoldReason.Unpaid, e.Message, _holds.LookForMending),
        KommoBlockedException => new(HoldReason.Blocked, e.Message, _limits.PauseWhenBlocked),
        KommoRateLimitedException limited => Pause(e, limited.RetryAfter ?? _limits.PauseWhenLimited),
        KommoPermitUnavailableException { RetryAfter: { } pause } => Pause(e, pause),
        KommoServerException or KommoConnectionException or KommoGatewayTimeoutException when attempts >= _holds.AwayAfter => new(HoldReason.Away, e.Message, _holds.LookEvery),
        _ => null,
    };

    private HoldCause? Pause(Exception e, TimeSpan pause) => pause >= _holds.ShortestPause ? new(HoldReason.Limited, e.Message, pause) : null;
}
