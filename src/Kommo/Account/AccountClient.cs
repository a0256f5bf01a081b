namespace Kommo;

/// <summary>The account itself (Kommo: Account).</summary>
public sealed class AccountClient
{
    private static readonly (AccountWith, string)[] WithNames =
    [
        (AccountWith.AmojoId, "amojo_id"),
        (AccountWith.AmojoRights, "amojo_rights"),
        (AccountWith.UsersGroups, "users_groups"),
        (AccountWith.TaskTypes, "task_types"),
        (AccountWith.Version, "version"),
        (AccountWith.EntityNames, "entity_names"),
        (AccountWith.DatetimeSettings, "datetime_settings"),
        (AccountWith.DriveUrl, "drive_url"),
        (AccountWith.IsApiFilterEnabled, "is_api_filter_enabled"),
        (AccountWith.InvoicesSettings, "invoices_settings"),
    ];

    private readonly KommoConnection _connection;

    internal AccountClient(KommoConnection connection) => _connection = connection;

    /// <summary>Reads the account, which also proves that the token works.</summary>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<Account> GetAsync(AccountWith with = AccountWith.None, CancellationToken cancellationToken = default)
    {
        var query = new QueryString();
        query.AddWith(with, WithNames);
        var call = new KommoCall(HttpMethod.Get, "/api/v4/account", $"/api/v4/account{query}");
        var answer = await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.Read(KommoJsonContext.Default.Account);
    }
}
