using System.Globalization;

namespace Kommo;

/// <summary>Where a collection is.</summary>
/// <param name="Template">Its route without ids, for errors, traces and metrics.</param>
/// <param name="Path">Its path on the account's host.</param>
/// <param name="Key">The name of its list under <c>_embedded</c>.</param>
internal sealed record ResourceRoute(string Template, string Path, string Key)
{
    public ResourceRoute(string path, string key)
        : this(path, path, key)
    {
    }

    /// <summary>Another name under which an answer may hold the list; null for none.</summary>
    public string? OtherKey { get; init; }

    /// <summary>A call of the collection itself.</summary>
    public KommoCall Call(HttpMethod method) => new(method, Template, Path);

    /// <summary>A call of one entity, or of something below it.</summary>
    public KommoCall CallOne(HttpMethod method, long id, string below = "") => CallOne(method, Text(id), below);

    /// <inheritdoc cref="CallOne(HttpMethod, long, string)" />
    public KommoCall CallOne(HttpMethod method, string id, string below = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return new(method, $"{Template}/{{id}}{below}", $"{Path}/{Uri.EscapeDataString(id)}{below}");
    }

    /// <summary>A collection below this one, such as <c>/custom_fields</c>.</summary>
    public ResourceRoute Below(string below, string key) => new(Template + below, Path + below, key);

    /// <summary>A collection below one entity of this one, such as <c>/statuses</c> of a pipeline.</summary>
    public ResourceRoute BelowOne(long id, string below, string key) => new($"{Template}/{{id}}{below}", $"{Path}/{Text(id)}{below}", key);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
