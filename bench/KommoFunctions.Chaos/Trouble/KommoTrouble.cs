using Kommo.Simulator;
using KommoFunctions.Emulators.Network;

namespace KommoFunctions.Chaos.Trouble;

/// <summary>Kommo fails: an account's answers, or the way to it.</summary>
internal static class KommoTrouble
{
    private static readonly TroubleKind[] Kinds =
    [
        TroubleKind.Away, TroubleKind.Reset, TroubleKind.Reset, TroubleKind.Stall, TroubleKind.Slow, TroubleKind.HalfAnswer, TroubleKind.HalfAnswer,
        TroubleKind.AnswerLost, TroubleKind.AnswerLost, TroubleKind.AnswerLost, TroubleKind.NoAnswer, TroubleKind.TooManyRequests,
        TroubleKind.ServerError, TroubleKind.ServerError, TroubleKind.GatewayTimeout, TroubleKind.GatewayTimeout, TroubleKind.Blocked,
        TroubleKind.Unauthorized, TroubleKind.EmptyForbidden, TroubleKind.Redirect, TroubleKind.HtmlNotFound, TroubleKind.HtmlSuccess,
    ];

    private static readonly string[] Routes = ["POST /api/v4/tasks", "POST /api/v4/leads/notes", "GET /api/v4/*", "*"];

    /// <summary>Without the token endpoint, whose refusal says that the account is lost.</summary>
    private static readonly string[] ApiRoutes = [.. Routes[..3], "/api/v4/*"];

    public static IEnumerable<PlannedTrouble> Plan(int seed, int accounts) => new TroubleSchedule(Kinds, accounts, (0.4, 2), (0.3, 3)).Plan(seed);

    public static Task CauseAsync(KommoSimulator account, NetworkFaults way, PlannedTrouble trouble, CancellationToken stop)
    {
        FaultKind? fault = trouble.Kind switch
        {
            TroubleKind.AnswerLost => FaultKind.AnswerLost,
            TroubleKind.NoAnswer => FaultKind.Stall,
            TroubleKind.TooManyRequests => FaultKind.TooManyRequests,
            TroubleKind.ServerError => FaultKind.ServerError,
            TroubleKind.GatewayTimeout => FaultKind.GatewayTimeout,
            TroubleKind.Blocked => FaultKind.HtmlForbidden,
            TroubleKind.Unauthorized => FaultKind.Unauthorized,
            TroubleKind.EmptyForbidden => FaultKind.EmptyForbidden,
            TroubleKind.Redirect => FaultKind.Redirect,
            TroubleKind.HtmlNotFound => FaultKind.HtmlNotFound,
            TroubleKind.HtmlSuccess => FaultKind.HtmlSuccess,
            _ => null,
        };
        if (fault is not { } kind)
        {
            return NetworkTrouble.CauseAsync(way, trouble, stop);
        }

        // The next request of that route meets it, whenever it comes.
        var routes = kind == FaultKind.Unauthorized ? ApiRoutes : Routes;
        account.AddFault(new SimulatorFault(
            kind, routes[(int)(trouble.Amount * routes.Length)], DelayMilliseconds: (int)trouble.Lasts.TotalMilliseconds));
        return Task.CompletedTask;
    }
}
