using Azure;

namespace KommoFunctions.DeadLetters;

/// <summary>The operators' HTTP routes for dead letters, apart from what kind of host serves them. No answer holds a token that is worth anything.</summary>
public sealed class DeadLetterEndpoints
{
    private const int UsuallyListed = 50;
    private const int MostListed = 200;
    private const int UsuallyDone = 100;

    /// <summary>A few seconds' work, far below the time that an HTTP function has.</summary>
    private const int MostDone = 500;

    private readonly DeadLetterStore _store;
    private readonly DeadLetterReplay _replay;
    private readonly DeadLetterEditing _editing;
    private readonly BodyReader _bodies;
    private readonly BulkWork _bulk;

    internal DeadLetterEndpoints(DeadLetterStore store, DeadLetterReplay replay, DeadLetterEditing editing, BodyReader bodies, BulkWork bulk)
    {
        _store = store;
        _replay = replay;
        _editing = editing;
        _bodies = bodies;
        _bulk = bulk;
    }

    /// <summary>Lists dead letters without their bodies, oldest first within an account.</summary>
    /// <param name="query">
    /// The query's values by name: <c>account</c>, <c>reason</c>, <c>source</c>, <c>from</c> and <c>to</c> (when it was given up, UTC), <c>limit</c> (1 to
    /// 200, default 50), <c>continue</c> (from the page before).
    /// </param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>200 with a page; 400 when a value is wrong.</returns>
    public async Task<HttpAnswer> ListAsync(Func<string, string?> query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        LetterRequest request;
        try
        {
            request = LetterRequest.Read(query, UsuallyListed, MostListed);
        }
        catch (FormatException e)
        {
            return LetterAnswers.Problem(400, "Wrong filter", e.Message);
        }

        var page = await _store.ReadPageAsync(request.Filter, request.After, request.Limit, cancellationToken);
        return LetterAnswers.Json(
            200,
            new DeadLetterPageView([.. page.Items.Select(DeadLetterView.Of)], page.Next?.ToString()),
            LetterJson.Readable.DeadLetterPageView);
    }

    /// <summary>Shows one with its body and its history.</summary>
    /// <returns>200, with the version as <c>ETag</c>; 404 when there is none.</returns>
    public async Task<HttpAnswer> GetAsync(long accountId, string id, CancellationToken cancellationToken = default) =>
        await _store.GetAsync(accountId, id, cancellationToken) is { } item
            ? await ShowAsync(item, cancellationToken)
            : LetterAnswers.Of(LetterOutcome.NotFound, _ => throw new InvalidOperationException());

    /// <summary>Replaces the body that a replay will use; the original stays beside it.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="id">The dead letter.</param>
    /// <param name="body">
    /// JSON: <c>{ "body": "..." }</c>, and <c>"account"</c> for a message that could not be read: it moves to that account then.
    /// </param>
    /// <param name="contentType">The request's content type: JSON.</param>
    /// <param name="ifMatch">The version that was seen, so that nobody's edit is written over.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>200 with the dead letter; 400, 404, 412 when it has changed, 415, 422 for a body that could not be processed, 428 without a version.</returns>
    public async Task<HttpAnswer> EditAsync(
        long accountId, string id, Stream body, string? contentType, string? ifMatch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (!LetterInput.IsJson(contentType))
        {
            return NotJson;
        }

        if (string.IsNullOrEmpty(ifMatch))
        {
            return NoVersion;
        }

        BodyEntry entry;
        try
        {
            entry = await LetterInput.ReadBodyAsync(body, cancellationToken);
        }
        catch (FormatException e)
        {
            return LetterAnswers.Problem(400, "Not understood", e.Message);
        }

        return await AnswerEditAsync(
            await _editing.ReplaceAsync(accountId, id, new ETag(ifMatch), entry.Body!, entry.Account, cancellationToken), 422, cancellationToken);
    }

    /// <summary>Makes an edited one again what it was.</summary>
    /// <returns>200 with the dead letter; 404, 409 when it was not edited, 412 when it has changed, 428 without a version.</returns>
    public async Task<HttpAnswer> UndoEditAsync(long accountId, string id, string? ifMatch, CancellationToken cancellationToken = default) =>
        string.IsNullOrEmpty(ifMatch)
            ? NoVersion
            : await AnswerEditAsync(await _editing.UndoAsync(accountId, id, new ETag(ifMatch), cancellationToken), 409, cancellationToken);

    /// <summary>Puts one back to where it came from.</summary>
    /// <returns>202; 404 when there is none; 409 when it needs another body first.</returns>
    public async Task<HttpAnswer> ReplayAsync(long accountId, string id, CancellationToken cancellationToken = default) =>
        LetterAnswers.Of(await _replay.TryReplayAsync(accountId, id, cancellationToken), done => LetterAnswers.Message(202, done.Detail));

    /// <summary>Removes one for good.</summary>
    /// <returns>200; 404 when there is none.</returns>
    public async Task<HttpAnswer> DiscardAsync(long accountId, string id, CancellationToken cancellationToken = default) =>
        LetterAnswers.Of(
            await _store.DiscardAsync(accountId, id, cancellationToken) ? LetterOutcome.Done("It is gone.") : LetterOutcome.NotFound,
            done => LetterAnswers.Message(200, done.Detail));

    /// <summary>Puts many back to where they came from.</summary>
    /// <param name="body">
    /// JSON with the values that <see cref="ListAsync"/> takes, <c>limit</c> up to 500 (default 100); without any filter <c>"all": true</c> has to say so.
    /// </param>
    /// <param name="contentType">The request's content type: JSON.</param>
    /// <param name="cancellationToken">Ends the work; what is done is done.</param>
    /// <returns>200 with how many it was, which could not be and why, and <c>continue</c> for the next call; 400; 415.</returns>
    public Task<HttpAnswer> ReplayManyAsync(Stream body, string? contentType, CancellationToken cancellationToken = default) =>
        RunManyAsync(body, contentType, _bulk.ReplayAsync, cancellationToken);

    /// <summary>Removes many for good. What changes meanwhile stays.</summary>
    /// <param name="body">As with <see cref="ReplayManyAsync"/>.</param>
    /// <param name="contentType">The request's content type: JSON.</param>
    /// <param name="cancellationToken">Ends the work; what is done is done.</param>
    /// <returns>As with <see cref="ReplayManyAsync"/>.</returns>
    public Task<HttpAnswer> DiscardManyAsync(Stream body, string? contentType, CancellationToken cancellationToken = default) =>
        RunManyAsync(body, contentType, _bulk.DiscardAsync, cancellationToken);

    private static async Task<HttpAnswer> RunManyAsync(
        Stream body, string? contentType, Func<LetterRequest, CancellationToken, Task<BulkView>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (!LetterInput.IsJson(contentType))
        {
            return NotJson;
        }

        LetterRequest request;
        try
        {
            var values = await LetterInput.ReadValuesAsync(body, cancellationToken);
            request = LetterRequest.Read(values.GetValueOrDefault, UsuallyDone, MostDone);
            if (request.Filter.IsEmpty && !string.Equals(values.GetValueOrDefault("all"), "true", StringComparison.OrdinalIgnoreCase))
            {
                return LetterAnswers.Problem(
                    400, "Which ones?", "Say which by 'account', 'reason', 'source', 'from' or 'to', or say \"all\": true.");
            }
        }
        catch (FormatException e)
        {
            return LetterAnswers.Problem(400, "Not understood", e.Message);
        }

        return LetterAnswers.Json(200, await work(request, cancellationToken), LetterJson.Readable.BulkView);
    }

    private async Task<HttpAnswer> AnswerEditAsync(LetterOutcome outcome, int refused, CancellationToken cancellationToken) =>
        outcome is { Result: LetterResult.Done, Letter: { } letter }
            ? await ShowAsync(letter, cancellationToken)
            : LetterAnswers.Of(outcome, done => LetterAnswers.Message(200, done.Detail), refused);

    private async Task<HttpAnswer> ShowAsync(DeadLetter item, CancellationToken cancellationToken)
    {
        var body = await _bodies.ReadAsync(item.Source, item.Message, cancellationToken);
        var original = item.Original is null ? null : await _bodies.ReadAsync(item.Source, item.Original, cancellationToken);
        return LetterAnswers.Json(
            200, DeadLetterDetails.Of(item, body, original), LetterJson.Readable.DeadLetterDetails, item.ETag.ToString());
    }

    private static HttpAnswer NotJson => LetterAnswers.Problem(415, "Not JSON", "Send the request with 'Content-Type: application/json'.");

    private static HttpAnswer NoVersion => LetterAnswers.Problem(
        428, "Which version?", "Send the dead letter's 'etag', as you have read it, in the header 'If-Match', so that you do not write over somebody else's change.");
}
