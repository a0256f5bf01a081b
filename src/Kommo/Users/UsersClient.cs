namespace Kommo;

/// <summary>Users of the account (Kommo: Users). An administrator's token is needed.</summary>
public sealed class UsersClient : CreatableResource<User, UserQuery, NewUser, User>
{
    internal UsersClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/users", "users"), KommoLimits.UsersPerRequest)
    {
        Active = new UserListClient(connection, Route.Below("/active", "users"));
        Inactive = new UserListClient(connection, Route.Below("/inactive", "users"));
    }

    /// <summary>Active users.</summary>
    public UserListClient Active { get; }

    /// <summary>Users that were switched off.</summary>
    public UserListClient Inactive { get; }

    /// <summary>Reads one user; null when there is none of this id.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<User?> GetAsync(long id, UserWith with = UserWith.None, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), QueryString.With(with), cancellationToken);
}

/// <summary>A list of some of the account's users (Kommo: Users).</summary>
public sealed class UserListClient : ReadableResource<User, UserQuery>
{
    internal UserListClient(KommoConnection connection, ResourceRoute route)
        : base(connection, route)
    {
    }
}
