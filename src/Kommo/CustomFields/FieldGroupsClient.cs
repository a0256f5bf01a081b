namespace Kommo;

/// <summary>Groups that custom fields are shown in (Kommo: Custom fields, groups). An administrator's token is needed to write.</summary>
public sealed class FieldGroupsClient : ManagedResource<FieldGroup, FieldGroupQuery, NewFieldGroup, FieldGroupUpdate>
{
    internal FieldGroupsClient(KommoConnection connection, ResourceRoute fields)
        : base(connection, fields.Below("/groups", "custom_field_groups"))
    {
    }

    /// <summary>Reads one group; null when there is none of this id.</summary>
    /// <param name="id">The group's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<FieldGroup?> GetAsync(string id, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), null, cancellationToken);

    /// <summary>Deletes a group; its fields stay.</summary>
    /// <param name="id">The group's id.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <returns>False when there is none of this id.</returns>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        DeleteOneAsync(Route.CallOne(HttpMethod.Delete, id), cancellationToken);
}
