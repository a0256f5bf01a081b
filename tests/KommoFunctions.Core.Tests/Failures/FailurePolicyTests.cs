using KommoFunctions.Failures;
using KommoFunctions.Holds;
using KommoFunctions.Limiting;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Core.Tests.Failures;

public sealed class FailurePolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly FailurePolicy Policy = new(
        Options.Create(new RetryOptions()), Options.Create(new HoldOptions()), Options.Create(new LimitOptions()));

    public static TheoryData<int> AllCases() => [.. Enumerable.Range(0, FailureClassifierTests.Cases.Count)];

    /// <summary>Whatever happens again and again, it ends: no failure goes round for ever.</summary>
    [Theory]
    [MemberData(nameof(AllCases))]
    public void Every_failure_that_goes_on_ends_a_message(int index)
    {
        var failure = FailureClassifier.Classify(FailureClassifierTests.Cases[index].Exception);
        FailureHistory? history = null;
        var now = Now;
        for (var attempt = 0; attempt < 400_000; attempt++)
        {
            var decision = Policy.Decide(failure, history, now);
            switch (decision is FailureDecision.Suspend suspend ? suspend.Otherwise : decision)
            {
                case FailureDecision.Completed:
                    Assert.Equal(FailureKind.Processed, failure.Kind);
                    return;
                case FailureDecision.DeadLetter dead:
                    Assert.True(now - Now <= new RetryOptions().GiveUpAfter + TimeSpan.FromHours(1), $"only after {now - Now}");
                    Assert.NotEmpty(dead.Reason);
                    return;
                case FailureDecision.Retry retry:
                    Assert.True(retry.After >= TimeSpan.Zero);
                    if (failure.Kind == FailureKind.Progress)
                    {
                        Assert.Null(retry.History);
                        return;
                    }

                    (history, now) = (retry.History, now + (retry.After > TimeSpan.Zero ? retry.After : TimeSpan.FromSeconds(1)));
                    break;
                default:
                    Assert.Fail($"{decision} is no end.");
                    break;
            }
        }

        Assert.Fail("It goes round for ever.");
    }

    [Theory]
    [InlineData(typeof(Kommo.KommoPaymentRequiredException))]
    [InlineData(typeof(Kommo.KommoUnauthorizedException))]
    public void What_one_request_was_refused_for_suspends_nobody_without_proof(Type type)
    {
        var decision = Assert.IsType<FailureDecision.Suspend>(Policy.Decide(Of(type), null, Now));

        Assert.False(decision.IsProven);
        Assert.Equal(1, Assert.IsType<FailureDecision.Retry>(decision.Otherwise).History!.Attempts);
    }

    [Fact]
    public void A_block_is_believed_since_asking_prolongs_it() =>
        Assert.True(Assert.IsType<FailureDecision.Suspend>(Policy.Decide(Of(typeof(Kommo.KommoBlockedException)), null, Now)).IsProven);

    [Fact]
    public void Kommo_is_suspected_to_be_away_from_the_third_failure_on()
    {
        var failure = Of(typeof(Kommo.KommoServerException));
        var first = Assert.IsType<FailureDecision.Retry>(Policy.Decide(failure, null, Now));
        var second = Assert.IsType<FailureDecision.Retry>(Policy.Decide(failure, first.History, Now));

        var third = Assert.IsType<FailureDecision.Suspend>(Policy.Decide(failure, second.History, Now));

        Assert.Equal((HoldReason.Away, false), (third.Cause.Reason, third.IsProven));
    }

    [Fact]
    public void An_error_of_the_handlers_own_is_tried_as_often_as_configured()
    {
        var failure = FailureClassifier.Classify(new InvalidOperationException());
        FailureHistory? history = null;
        for (var attempt = 1; attempt < new RetryOptions().HandlerAttempts; attempt++)
        {
            history = Assert.IsType<FailureDecision.Retry>(Policy.Decide(failure, history, Now)).History;
        }

        Assert.Equal(DeadLetterReasons.HandlerFailed, Assert.IsType<FailureDecision.DeadLetter>(Policy.Decide(failure, history, Now)).Reason);
    }

    [Fact]
    public void Work_that_goes_on_is_never_given_up()
    {
        var waiting = FailureHistory.AddWait(null, "it waited", Now - TimeSpan.FromDays(10));
        var progress = FailureClassifier.Classify(new NotNowException("more", TimeSpan.Zero) { MadeProgress = true });

        Assert.Null(Assert.IsType<FailureDecision.Retry>(Policy.Decide(progress, waiting, Now)).History);
    }

    [Fact]
    public void Crashes_count_as_the_attempts_that_they_were() =>
        Assert.Equal((7, 5), FailureHistory.AddCrashes(new FailureHistory(2, 0, Now, "a", "b"), "crash", 5, Now) is var history ? (history.Attempts, history.Errors) : default);

    private static Failure Of(Type type) => FailureClassifier.Classify(FailureClassifierTests.Cases.First(one => one.Exception.GetType() == type).Exception);
}
