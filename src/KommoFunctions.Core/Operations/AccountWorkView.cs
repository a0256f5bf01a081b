using KommoFunctions.Failures;
using KommoFunctions.Holds;

namespace KommoFunctions.Operations;

/// <summary>What of an account's work is neither done nor in a queue.</summary>
/// <param name="Hold">Why nothing is done for the account at present; null when it is worked for.</param>
/// <param name="Messages">Messages that wait for the end of the hold.</param>
/// <param name="Commands">Commands that wait to be sent, by route.</param>
/// <param name="DeadLetters">What could not be processed.</param>
/// <param name="CountedUpTo">Where the counting ends: this number means as many or more.</param>
internal sealed record AccountWorkView(HoldView? Hold, int Messages, IReadOnlyList<LaneView> Commands, int DeadLetters, int CountedUpTo);

/// <summary>Why an account is held.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Error">What Kommo said last.</param>
/// <param name="Since">Since when.</param>
/// <param name="LookAt">When it is looked at next, unless something happens before.</param>
internal sealed record HoldView(HoldReason Reason, string Error, DateTimeOffset Since, DateTimeOffset LookAt);

/// <summary>Commands of one route.</summary>
/// <param name="Route">The route, such as <c>tasks.create</c>.</param>
/// <param name="Count">How many wait.</param>
/// <param name="Oldest">When the event of the oldest one came in.</param>
/// <param name="SentAt">When some of them were sent whose answer is not known yet; null when there are none.</param>
internal sealed record LaneView(string Route, int Count, DateTimeOffset Oldest, DateTimeOffset? SentAt);
