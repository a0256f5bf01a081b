using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using TableRateLimiting.Grants;

namespace TableRateLimiting.Storage;

/// <summary>The record in one entity of Azure Table storage.</summary>
internal sealed class GrantStore(TableClient table, TableRateLimitScope scope) : IGrantStore
{
    /// <summary>The entity beside the record that clock probes write to: they must not change the record's version.</summary>
    private readonly TableEntity _clock = new(scope.PartitionKey, $"{scope.RowKey}.clock");

    public async Task<Answer<StoredRecord>> ReadAsync(CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(scope.PartitionKey, scope.RowKey, cancellationToken: cancellationToken);
        var stored = found is { HasValue: true, Value: { } entity }
            ? new StoredRecord(GrantEntity.Read(entity), entity.ETag.ToString())
            : new StoredRecord(GrantRecord.Empty, null);
        return new Answer<StoredRecord>(stored, EntityTag.FromDate(found.GetRawResponse()), Exact: false);
    }

    public async Task<Answer<string?>> TryWriteAsync(GrantRecord record, string? version, CancellationToken cancellationToken)
    {
        var entity = GrantEntity.Write(scope.PartitionKey, scope.RowKey, record);
        try
        {
            var response = version is null
                ? await AddAsync(entity, cancellationToken)
                : await table.UpdateEntityAsync(entity, new ETag(version), TableUpdateMode.Merge, cancellationToken);
            return Stamped<string?>(response.Headers.ETag?.ToString(), response);
        }
        catch (RequestFailedException refused) when (LostRace(refused, version))
        {
            return new Answer<string?>(null, null, Exact: false);
        }
    }

    public async Task<Answer<bool>> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Stamped(true, await table.UpsertEntityAsync(_clock, TableUpdateMode.Merge, cancellationToken));
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            await table.CreateIfNotExistsAsync(cancellationToken);
            return Stamped(true, await table.UpsertEntityAsync(_clock, TableUpdateMode.Merge, cancellationToken));
        }
    }

    private async Task<Response> AddAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        try
        {
            return await table.AddEntityAsync(entity, cancellationToken);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            await table.CreateIfNotExistsAsync(cancellationToken);
            return await table.AddEntityAsync(entity, cancellationToken);
        }
    }

    /// <summary>412: changed since; 409: someone else wrote the first one; 404: deleted since, and to be written anew.</summary>
    private static bool LostRace(RequestFailedException refused, string? version) => version is null
        ? refused.ErrorCode == TableErrorCode.EntityAlreadyExists.ToString()
        : refused.Status is 412 or 404;

    private static Answer<T> Stamped<T>(T value, Response response) => EntityTag.FromTag(response.Headers.ETag) is { } exact
        ? new Answer<T>(value, exact, Exact: true)
        : new Answer<T>(value, EntityTag.FromDate(response), Exact: false);
}
