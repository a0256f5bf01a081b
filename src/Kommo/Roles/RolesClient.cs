namespace Kommo;

/// <summary>Roles (Kommo: Roles). An administrator's token is needed.</summary>
public sealed class RolesClient : ManagedResource<Role, RoleQuery, NewRole, RoleUpdate>
{
    internal RolesClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/roles", "roles"))
    {
    }

    /// <summary>Reads one role; null when there is none of this id.</summary>
    /// <param name="id">The role's id.</param>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Role?> GetAsync(long id, RoleWith with = RoleWith.None, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), QueryString.With(with), cancellationToken);

    /// <summary>Deletes a role.</summary>
    /// <param name="id">The role's id.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <returns>False when there is none of this id.</returns>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken = default) =>
        DeleteOneAsync(Route.CallOne(HttpMethod.Delete, id), cancellationToken);
}
