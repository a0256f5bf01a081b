namespace Kommo;

/// <summary>The account itself (Kommo: Account).</summary>
public sealed class AccountClient
{
    private readonly KommoConnection _connection;

    internal AccountClient(KommoConnection connection) => _connection = connection;

    /// <summary>Reads the account, which also proves that the token works.</summary>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<Account> GetAsync(AccountWith with = AccountWith.None, CancellationToken cancellationToken = default)
    {
        var call = new KommoCall(HttpMethod.Get, "/api/v4/account", $"/api/v4/account{QueryString.With(with)}");
        var answer = await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.Read(KommoJson.TypeOf<Account>());
    }
}
