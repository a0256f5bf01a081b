using Kommo;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.OwnWrites;

/// <summary>Notes what handlers write with the client that they are given, so that the events it causes are known as our own.</summary>
internal sealed partial class DirectWriteHandler(long accountId, DirectWriteStore store, ILogger logger) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is null
            || DirectWrite.Of(request.Method, request.RequestUri!.AbsolutePath, await request.Content.ReadAsByteArrayAsync(cancellationToken)) is not { } write)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var marks = await store.BeginAsync(accountId, write, cancellationToken);
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (KommoException e) when (e.Fate != RequestFate.Unknown)
        {
            await store.EndAsync(marks, []);
            throw;
        }

        // After a lost answer or a fault of Kommo's nobody knows what it did: the marks stay until they are too old to count.
        if (response.IsSuccessStatusCode)
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            await NoteAsync(request, write, marks, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        else if ((int)response.StatusCode is >= 400 and < 500)
        {
            await store.EndAsync(marks, []);
        }

        return response;
    }

    private async Task NoteAsync(
        HttpRequestMessage request, DirectWrite write, IReadOnlyList<Azure.Data.Tables.TableEntity> marks, byte[] answer)
    {
        try
        {
            await store.EndAsync(marks, answer.Length == 0 ? [] : write.TracesIn(answer));
        }
        catch (Exception e)
        {
            // Kommo has acted: if this failed, the handler would run again and write a second time, which is worse than hearing of its own write.
            Log.NotNoted(logger, accountId, request.Method, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A {Method} of a handler for account {AccountId} went through but could not be noted; its events may be handed to handlers")]
        public static partial void NotNoted(ILogger logger, long accountId, HttpMethod method, Exception exception);
    }
}
