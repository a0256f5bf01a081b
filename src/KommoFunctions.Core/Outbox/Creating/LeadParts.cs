using System.Runtime.CompilerServices;
using System.Text.Json;
using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>Shows leads with the content of their contacts and companies, of which a list of leads has only the ids.</summary>
internal static class LeadParts
{
    public static async IAsyncEnumerable<Lead> AddedToAsync(
        KommoClient kommo, IReadOnlyList<Lead> leads, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var contacts = await ReadAsync(
            leads.SelectMany(lead => lead.Embedded?.Contacts ?? []),
            ids => kommo.Contacts.ListAsync(new ContactQuery { Ids = ids }, cancellationToken),
            contact => contact.Id,
            cancellationToken);
        var companies = await ReadAsync(
            leads.SelectMany(lead => lead.Embedded?.Companies ?? []),
            ids => kommo.Companies.ListAsync(new CompanyQuery { Ids = ids }, cancellationToken),
            company => company.Id,
            cancellationToken);
        foreach (var lead in leads)
        {
            foreach (var link in lead.Embedded?.Contacts ?? [])
            {
                Add(link, contacts);
            }

            foreach (var link in lead.Embedded?.Companies ?? [])
            {
                Add(link, companies);
            }

            yield return lead;
        }
    }

    private static async Task<Dictionary<long, JsonElement>> ReadAsync<T>(
        IEnumerable<EntityLink> links, Func<IReadOnlyList<long>, IAsyncEnumerable<T>> list, Func<T, long> idOf, CancellationToken cancellationToken)
    {
        var read = new Dictionary<long, JsonElement>();
        foreach (var ids in EntityChunks.Of(links.Select(link => link.Id)))
        {
            await foreach (var one in list(ids).WithCancellation(cancellationToken))
            {
                read[idOf(one)] = JsonSerializer.SerializeToElement(one, KommoJson.TypeOf<T>());
            }
        }

        return read;
    }

    private static void Add(EntityLink link, Dictionary<long, JsonElement> read)
    {
        if (!read.TryGetValue(link.Id, out var content))
        {
            return;
        }

        link.AdditionalFields ??= new Dictionary<string, JsonElement>();
        foreach (var field in content.EnumerateObject().Where(field => field.Name != "id"))
        {
            link.AdditionalFields[field.Name] = field.Value;
        }
    }
}
