namespace Kommo;

/// <summary>Widgets: reads, installs and uninstalls them (Kommo: Widgets). An administrator's token is needed.</summary>
public sealed class WidgetsClient : ReadableResource<Widget, WidgetQuery>
{
    internal WidgetsClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/widgets", "widgets"))
    {
    }

    /// <summary>Reads one widget; null when there is none of this code.</summary>
    /// <param name="code">The widget's code.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Widget?> GetAsync(string code, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, code), null, cancellationToken);

    /// <summary>Installs a widget, or sets an installed one anew.</summary>
    /// <param name="code">The widget's code.</param>
    /// <param name="settings">What is set, by the keys of <see cref="Widget.SettingsTemplate"/>; null for nothing.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoValidationException">A setting that is required is missing, or one is unknown.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<Widget> InstallAsync(
        string code, IReadOnlyDictionary<string, string>? settings = null, CancellationToken cancellationToken = default)
    {
        var call = Route.CallOne(HttpMethod.Post, code)
            .With(settings ?? new Dictionary<string, string>(), KommoJson.TypeOf<IReadOnlyDictionary<string, string>>());
        var answer = await Connection.SendAsync(call with { IsRepeatable = true }, cancellationToken).ConfigureAwait(false);
        return answer.Read(KommoJson.TypeOf<Widget>());
    }

    /// <summary>Uninstalls a widget; false when there is none of this code.</summary>
    /// <param name="code">The widget's code.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<bool> UninstallAsync(string code, CancellationToken cancellationToken = default) =>
        DeleteOneAsync(Route.CallOne(HttpMethod.Delete, code), cancellationToken);
}
