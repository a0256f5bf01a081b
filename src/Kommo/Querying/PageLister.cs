using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Kommo;

/// <summary>Follows a list from page to page. Each page is asked for when the one before it was used up, so one is in memory.</summary>
internal static class PageLister
{
    public static async IAsyncEnumerable<Page<T>> ListAsync<T>(
        KommoConnection connection,
        ResourceRoute route,
        ResourceQuery query,
        JsonTypeInfo<T> metadata,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var number = query.FirstPage;
        var at = route.Path + query.ToQueryString();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = await connection.SendAsync(new KommoCall(HttpMethod.Get, route.Template, at), cancellationToken).ConfigureAwait(false);
            if (answer.IsEmpty)
            {
                yield break;
            }

            var (items, link) = answer.ReadPage(route.Key, metadata);
            if (link is null)
            {
                yield return new Page<T>(number, items, null);
                yield break;
            }

            var next = NextLink.PathAndQuery(link) ?? throw answer.Unexpected("a next page outside the API");
            at = next != at ? next : throw answer.Unexpected("a next page that is the same one");
            var nextNumber = NextLink.PageNumber(next) ?? number + 1;
            yield return new Page<T>(number, items, nextNumber);
            number = nextNumber;
        }
    }

    public static async IAsyncEnumerable<T> FlattenAsync<T>(
        IAsyncEnumerable<Page<T>> pages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in pages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var item in page.Items)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }
        }
    }
}
