using System.Net.Sockets;
using Azure;
using Azure.Identity;
using Kommo;
using Kommo.OAuth;
using KommoFunctions.Failures;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Failures;

public sealed class FailureClassifierTests
{
    private static readonly KommoFailure Facts = new(HttpMethod.Get, "/api/v4/leads");

    /// <summary>One of each: a new exception of ours or of the client's that is missing here is found by <see cref="No_exception_is_forgotten"/>.</summary>
    internal static readonly IReadOnlyList<(Exception Exception, FailureKind Kind, HoldReason? Account)> Cases =
    [
        (new AlreadyDoneException("done"), FailureKind.Processed, null),
        (new PermanentFailureException(DeadLetterReasons.NoHandler, "none"), FailureKind.Permanent, null),
        (new UnreadableMessageException("odd"), FailureKind.Permanent, null),
        (new NeedsAuthorizationException(1), FailureKind.Waiting, HoldReason.NeedsAuthorization),
        (new NotNowException("later", TimeSpan.FromSeconds(1)), FailureKind.Waiting, null),
        (new NotNowException("more", TimeSpan.Zero) { MadeProgress = true }, FailureKind.Progress, null),
        (new NotNowException("away"), FailureKind.Transient, null),
        (new KommoServerException(Facts), FailureKind.Transient, HoldReason.Away),
        (new KommoGatewayTimeoutException(Facts), FailureKind.Transient, HoldReason.Away),
        (new KommoConnectionException(Facts, RequestFate.NotSent), FailureKind.Transient, HoldReason.Away),
        (new KommoUnexpectedResponseException(Facts, "a page", KommoErrorCategory.Transient, RequestFate.Refused), FailureKind.Transient, HoldReason.Away),
        (new KommoUnexpectedResponseException(Facts, "odd", KommoErrorCategory.Rejected, RequestFate.Unknown), FailureKind.Error, null),
        (new KommoUnexpectedResponseException(Facts, "wrong", KommoErrorCategory.IntegrationRejected, RequestFate.Refused), FailureKind.Transient, HoldReason.Misconfigured),
        (new KommoRateLimitedException(Facts), FailureKind.Transient, HoldReason.Limited),
        (new KommoPermitUnavailableException(Facts), FailureKind.Transient, HoldReason.Limited),
        (new KommoBlockedException(Facts), FailureKind.Transient, HoldReason.Blocked),
        (new KommoUnauthorizedException(Facts), FailureKind.Transient, HoldReason.NeedsAuthorization),
        (new KommoGrantRejectedException(Facts), FailureKind.Transient, HoldReason.NeedsAuthorization),
        (new KommoIntegrationRejectedException(Facts), FailureKind.Transient, HoldReason.Misconfigured),
        (new KommoPaymentRequiredException(Facts), FailureKind.Transient, HoldReason.Unpaid),
        (new KommoForbiddenException(Facts), FailureKind.Error, null),
        (new KommoNotFoundException(Facts), FailureKind.Error, null),
        (new KommoMethodNotAllowedException(Facts), FailureKind.Error, null),
        (new KommoValidationException(Facts), FailureKind.Error, null),
        (new RequestFailedException(0, "no connection"), FailureKind.Transient, null),
        (new RequestFailedException(503, "busy"), FailureKind.Transient, null),
        (new RequestFailedException(409, "gone", "QueueBeingDeleted", null), FailureKind.Transient, null),
        (new RequestFailedException(400, "wrong"), FailureKind.Error, null),
        (new AuthenticationFailedException("no identity"), FailureKind.Transient, null),
        (new HttpRequestException("no connection"), FailureKind.Transient, null),
        (new SocketException(), FailureKind.Transient, null),
        (new IOException("reset"), FailureKind.Transient, null),
        (new FileNotFoundException("no such file"), FailureKind.Error, null),
        (new TimeoutException(), FailureKind.Transient, null),
        (new TaskCanceledException(), FailureKind.Transient, null),
        (new AggregateException(new SocketException(), new TimeoutException()), FailureKind.Transient, null),
        (new AggregateException(new SocketException(), new ArgumentNullException()), FailureKind.Error, null),
        (new AggregateException(new AggregateException(new InvalidOperationException())), FailureKind.Error, null),
        (new AggregateException(), FailureKind.Error, null),
        (new ArgumentNullException(), FailureKind.Error, null),
        (new InvalidOperationException(), FailureKind.Error, null),
    ];

    [Fact]
    public void Each_failure_has_its_meaning() => Assert.All(Cases, expected =>
    {
        var failure = FailureClassifier.Classify(expected.Exception);

        Assert.Equal((expected.Kind, expected.Account), (failure.Kind, failure.Account));
        Assert.NotEmpty(failure.Error);
    });

    [Fact]
    public void No_exception_is_forgotten()
    {
        var known = Cases.Select(one => one.Exception.GetType()).ToHashSet();
        var own = new[] { typeof(KommoException).Assembly, typeof(FailureClassifier).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsAssignableTo(typeof(Exception)) && !type.IsAbstract && !type.IsNestedPrivate)
            // A cancellation, and an argument that is refused before any request: they say what they are by their base types. Of a write see below.
            .Except([typeof(KommoWriteException), typeof(KommoWriteCanceledException), typeof(KommoLimitException)]);

        var missing = own.Where(type => !known.Contains(type) && type.Namespace?.EndsWith("Webhooks", StringComparison.Ordinal) != true).ToList();

        Assert.True(missing.Count == 0, $"Say in {nameof(Cases)} what these mean: {string.Join(", ", missing)}");
    }

    /// <summary>A write of several items fails by the worst of what its items met.</summary>
    [Fact]
    public async Task A_write_of_several_items_means_what_its_items_met()
    {
        using var http = new HttpClient(new AwayHandler()) { BaseAddress = new Uri("https://example.kommo.com/") };
        var results = await new KommoClient(http).Leads.CreateAsync([new NewLead { Name = "a" }, new NewLead { Name = "b" }]);

        var failure = FailureClassifier.Classify(Assert.Throws<KommoWriteException>(results.ThrowIfAnyFailed));

        Assert.Equal((FailureKind.Transient, HoldReason.Away), (failure.Kind, failure.Account));
    }

    [Fact]
    public void Every_category_of_the_client_means_something()
    {
        foreach (var category in Enum.GetValues<KommoErrorCategory>())
        {
            Assert.NotNull(FailureClassifier.Classify(new KommoUnexpectedResponseException(Facts, "it", category, RequestFate.Refused)));
        }
    }

    [Fact]
    public void The_text_is_one_short_line()
    {
        var failure = FailureClassifier.Classify(new InvalidOperationException(new string('x', 5_000) + "\nsecond"));

        Assert.DoesNotContain('\n', failure.Error);
        Assert.InRange(failure.Error.Length, 1, 600);
    }

    private sealed class AwayHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new KommoServerException(Facts);
    }
}
