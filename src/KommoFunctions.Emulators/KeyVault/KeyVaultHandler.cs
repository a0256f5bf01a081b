using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace KommoFunctions.Emulators.KeyVault;

/// <summary>Answers the requests: challenge, planned failures, routing, and refusals as the vault words them.</summary>
internal sealed class KeyVaultHandler(SecretStore store, FaultQueue faults, KeyVaultStatistics statistics, TimeProvider time)
{
    private const string BearerPrefix = "Bearer ";

    public bool Available { get; set; } = true;

    public TimeSpan Latency { get; set; }

    public Action<KeyVaultOperation, string>? Acted { get; set; }

    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers["x-ms-request-id"] = Guid.NewGuid().ToString();
        try
        {
            if (!Available)
            {
                throw VaultException.Unavailable(StatusCodes.Status503ServiceUnavailable);
            }

            if (IsAuthenticated(context))
            {
                await AnswerAsync(context);
            }
            else
            {
                await ChallengeAsync(context);
            }
        }
        catch (VaultException refusal)
        {
            await RefuseAsync(context, refusal);
        }
        catch (JsonException failure)
        {
            await RefuseAsync(context, VaultException.BadParameter($"The body is not the JSON that was expected: {failure.Message}"));
        }
    }

    private static Uri VaultOf(HttpContext context) => new($"https://{context.Request.Host}/");

    private static bool IsAuthenticated(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is { } header
        && header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
        && header.Length > BearerPrefix.Length;

    private static Task RefuseAsync(HttpContext context, VaultException refusal)
    {
        context.Response.StatusCode = refusal.StatusCode;
        var inner = refusal.InnerCode is { } code ? new InnerError(code) : null;
        return WriteAsync(context, new ErrorBody(new ErrorDetail(refusal.Code, refusal.Message, inner)), KeyVaultJson.Default.ErrorBody);
    }

    private static async Task WriteAsync<T>(HttpContext context, T body, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, body, type, context.RequestAborted);
    }

    private Task ChallengeAsync(HttpContext context)
    {
        statistics.CountChallenge();
        // The real vault names login.microsoftonline.com and vault.azure.net. The authority here is ourselves, so that
        // a credential which does ask it leaves the machine alone.
        context.Response.Headers.WWWAuthenticate =
            $"Bearer authorization=\"{VaultOf(context)}{Guid.Empty}\", resource=\"https://vault.azure.net\"";
        return RefuseAsync(context, new VaultException(401, "Unauthorized", "AKV10000: Request is missing a Bearer or PoP token."));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var route = SecretRoute.Parse(context.Request);
        statistics.Count(route.Operation);
        if (Latency > TimeSpan.Zero)
        {
            await Task.Delay(Latency, time, context.RequestAborted);
        }

        var fault = faults.Take(route.Operation);
        if (fault is null or { AfterActing: true })
        {
            // What the vault would say is written only when it will be said.
            var answer = await ActAsync(context, route);
            Acted?.Invoke(route.Operation, route.Name);
            if (fault is null)
            {
                await answer();
                return;
            }
        }

        if (fault.StatusCode is not { } status)
        {
            context.Abort();
            return;
        }

        if (fault.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        throw VaultException.Unavailable(status);
    }

    private async Task<Func<Task>> ActAsync(HttpContext context, SecretRoute route)
    {
        var request = context.Request;
        if (string.IsNullOrEmpty(request.Query["api-version"]))
        {
            throw VaultException.BadParameter("The request did not specify an api-version.");
        }

        var vault = VaultOf(context);
        var bundles = new SecretBundles(vault);
        switch (route.Operation)
        {
            case KeyVaultOperation.Set:
                var set = store.Set(route.Name, await ReadAsync(context));
                return Bundle(bundles.Full(set.Name, set.Latest));
            case KeyVaultOperation.Get:
                var got = store.Get(route.Name, route.Version);
                return Bundle(bundles.Full(got.Secret.Name, got.Version));
            case KeyVaultOperation.Update:
                var updated = store.Update(route.Name, route.Version, await ReadAsync(context));
                return Bundle(bundles.Properties(updated.Secret.Name, updated.Version));
            case KeyVaultOperation.Delete:
                return Bundle(bundles.Deleted(store.Delete(route.Name)));
            case KeyVaultOperation.GetDeleted:
                return Bundle(bundles.Deleted(store.GetDeleted(route.Name)));
            case KeyVaultOperation.Recover:
                var recovered = store.Recover(route.Name);
                return Bundle(bundles.Properties(recovered.Name, recovered.Latest));
            case KeyVaultOperation.List:
                return Page(SecretPaging.Page(request, vault, store.List(deleted: false), secret => secret.Name, bundles.Item));
            case KeyVaultOperation.ListDeleted:
                return Page(SecretPaging.Page(request, vault, store.List(deleted: true), secret => secret.Name, bundles.DeletedItem));
            case KeyVaultOperation.ListVersions:
                var all = store.GetAllVersions(route.Name);
                return Page(SecretPaging.Page(
                    request, vault, all.Versions, version => version.Version, version => bundles.Properties(all.Name, version)));
            case KeyVaultOperation.Purge:
                store.Purge(route.Name);
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return () => Task.CompletedTask;
            default:
                throw VaultException.BadParameter($"This emulator does not know {request.Method} {request.Path}.");
        }

        Func<Task> Bundle(SecretBundle bundle) => () => WriteAsync(context, bundle, KeyVaultJson.Default.SecretBundle);
        Func<Task> Page(SecretPage page) => () => WriteAsync(context, page, KeyVaultJson.Default.SecretPage);
    }

    private static async Task<SecretRequest> ReadAsync(HttpContext context) =>
        await JsonSerializer.DeserializeAsync(context.Request.Body, KeyVaultJson.Default.SecretRequest, context.RequestAborted)
        ?? throw VaultException.BadParameter("The request has no body.");
}
