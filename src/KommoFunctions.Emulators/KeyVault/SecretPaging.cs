using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace KommoFunctions.Emulators.KeyVault;

/// <summary>
/// Cuts a list into pages of at most 25 (Key Vault REST API: Get Secrets, <c>maxresults</c>). A page goes on behind the
/// last entry of the one before, so that entries which come or go in between shift nothing.
/// </summary>
internal static class SecretPaging
{
    private const int LargestPage = 25;

    public static SecretPage Page<T>(
        HttpRequest request, Uri vault, IReadOnlyList<T> all, Func<T, string> keyOf, Func<T, SecretBundle> render)
    {
        var size = ReadSize(request);
        var from = 0;
        if ((string?)request.Query["$skiptoken"] is { Length: > 0 } last)
        {
            // Versions stay in order of creation and are never taken out, names are sorted: either way, what
            // follows the last key is what is left.
            from = IndexBehind(all, keyOf, last);
        }

        var page = all.Skip(from).Take(size).ToList();
        var next = from + page.Count < all.Count
            ? new Uri(vault, $"{request.Path}?api-version={Uri.EscapeDataString(request.Query["api-version"]!)}"
                + $"&$skiptoken={Uri.EscapeDataString(keyOf(page[^1]))}&maxresults={size}").AbsoluteUri
            : null;
        return new SecretPage([.. page.Select(render)], next);
    }

    private static int IndexBehind<T>(IReadOnlyList<T> all, Func<T, string> keyOf, string last)
    {
        for (var index = 0; index < all.Count; index++)
        {
            if (string.Equals(keyOf(all[index]), last, StringComparison.OrdinalIgnoreCase))
            {
                return index + 1;
            }
        }

        // The last name was deleted in between: go on with the first name that sorts behind it.
        return all.TakeWhile(item => string.Compare(keyOf(item), last, StringComparison.OrdinalIgnoreCase) < 0).Count();
    }

    private static int ReadSize(HttpRequest request)
    {
        if ((string?)request.Query["maxresults"] is not { } text)
        {
            return LargestPage;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= LargestPage
            ? size
            : throw VaultException.BadParameter($"maxresults must be 1 to {LargestPage}.");
    }
}
