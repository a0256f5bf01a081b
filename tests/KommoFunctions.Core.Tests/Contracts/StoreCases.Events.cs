using KommoFunctions.Splitting;

namespace KommoFunctions.Core.Tests.Contracts;

internal static partial class StoreCases
{
    private static IEnumerable<StoreCase> Events()
    {
        var id = new EventIdentity("0123456789abcdef-event", IsTimeless: false);
        var timeless = new EventIdentity("0123456789abcdef-move", IsTimeless: true);
        Task<object?> Claim(EventLog log, string hook) => Told(log.TryClaimAsync(Account, id, hook, At, default));
        Task<object?> ClaimAgain(EventLog log, string hook) => Told(log.TryClaimAsync(Account, timeless, hook, At.AddDays(1), default));
        return
        [
            Case<EventLog>(nameof(EventLog.TryClaimAsync), "another hook", (s, _) => Claim(s, "one"), (s, _) => Claim(s, "other")),
            Case<EventLog>(
                nameof(EventLog.TryClaimAsync),
                "another hook of a later day",
                (s, _) => ClaimAgain(s, "one"),
                (s, _) => ClaimAgain(s, "other"),
                (s, _) => s.TryClaimAsync(Account, timeless, "first", At, default)),
            Case<EventLog>(
                nameof(EventLog.MarkHandledAsync),
                "another hook",
                (s, _) => Done(s.MarkHandledAsync(Account, id.Id, At, default)),
                (s, _) => Claim(s, "other"),
                (s, _) => s.TryClaimAsync(Account, id, "first", At, default)),
            Case<EventLog>(
                nameof(EventLog.ForgetAsync),
                "an event handled now",
                (s, p) => Done(s.ForgetAsync(p.Now.AddSeconds(1), default)),
                (s, _) => Done(s.MarkHandledAsync(Account, "fedcba9876543210-event", At, default)),
                (s, _) => s.TryClaimAsync(Account, id, "first", At, default)),
        ];
    }
}
