namespace Kommo;

/// <summary>The custom fields of one kind of entity (Kommo: Custom fields). An administrator's token is needed to write.</summary>
public class CustomFieldsClient : EditableResource<CustomField, CustomFieldQuery, NewCustomField, CustomField, CustomFieldUpdate, CustomField>
{
    internal CustomFieldsClient(KommoConnection connection, ResourceRoute entities)
        : base(connection, entities.Below("/custom_fields", "custom_fields"))
    {
    }

    /// <summary>Reads one field; null when there is none of this id.</summary>
    /// <param name="id">The field's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<CustomField?> GetAsync(long id, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), null, cancellationToken);

    /// <summary>Deletes a field with all its values.</summary>
    /// <param name="id">The field's id.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <returns>False when there is none of this id.</returns>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken = default) =>
        DeleteOneAsync(Route.CallOne(HttpMethod.Delete, id), cancellationToken);
}

/// <summary>The custom fields of one kind of entity that also has groups of them (Kommo: Custom fields, groups).</summary>
public sealed class EntityCustomFieldsClient : CustomFieldsClient
{
    internal EntityCustomFieldsClient(KommoConnection connection, ResourceRoute entities)
        : base(connection, entities) => Groups = new FieldGroupsClient(connection, Route);

    /// <summary>The groups that the fields are shown in.</summary>
    public FieldGroupsClient Groups { get; }
}
