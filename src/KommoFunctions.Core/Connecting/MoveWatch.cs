using System.Net;
using KommoFunctions.Failures;

namespace KommoFunctions.Connecting;

/// <summary>
/// Sits before the connections to one account's host, and has the account looked for when an answer, or the lack of one, speaks against its being there:
/// 401, a web page instead of the API's 404, a redirect, no connection. When it has moved the request counts as not sent, so that its message comes
/// again soon and goes to the new address.
/// </summary>
/// <param name="accountId">The account.</param>
/// <param name="address">Where its requests go.</param>
/// <param name="moves">Looks for it.</param>
/// <param name="moved">Told when it has moved.</param>
/// <param name="time">The clock.</param>
internal sealed class MoveWatch(long accountId, Uri address, AccountMoves moves, Action moved, TimeProvider time) : DelegatingHandler
{
    /// <summary>An account whose grant is withdrawn, or a Kommo that is away, must not cost a look at each request.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private long? _lookedAt;
    private volatile Uri? _movedTo;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Attempts to follow, as the pipeline makes them of what was not sent, would reach nobody.
        ThrowIf(_movedTo);
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e) when (
            e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError)
        {
            await ThrowIfMovedAsync(cancellationToken);
            throw;
        }

        if (IsSign(response))
        {
            try
            {
                await ThrowIfMovedAsync(cancellationToken);
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }

        return response;
    }

    private static bool IsSign(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.Unauthorized => true,
        HttpStatusCode.NotFound => response.Content.Headers.ContentType?.MediaType is "text/html",
        var status => (int)status is >= 300 and < 400,
    };

    private async Task ThrowIfMovedAsync(CancellationToken cancellationToken)
    {
        if (!IsTimeToLook())
        {
            return;
        }

        Uri? found;
        try
        {
            found = await moves.FindAsync(accountId, address, cancellationToken);
        }
        catch (Exception e) when (e is NotNowException || FailureClassifier.IsStorageAway(e))
        {
            return; // Storage or the vault is away: what happened to the request itself is told.
        }

        if (found is not null)
        {
            _movedTo = found;
            moved();
        }

        ThrowIf(found);
    }

    private static void ThrowIf(Uri? movedTo)
    {
        if (movedTo is not null)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, $"The account has moved to {movedTo.Authority}.");
        }
    }

    private bool IsTimeToLook()
    {
        lock (_gate)
        {
            if (_lookedAt is { } last && time.GetElapsedTime(last) < BetweenLooks)
            {
                return false;
            }

            _lookedAt = time.GetTimestamp();
            return true;
        }
    }
}
