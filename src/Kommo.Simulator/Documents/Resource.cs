using System.Text.Json.Nodes;
using Kommo.Simulator.Api;

namespace Kommo.Simulator.Documents;

/// <summary>A write to a row, while it is checked and after it is kept.</summary>
/// <param name="Item">What the writer says, and where errors go.</param>
/// <param name="Request">The request.</param>
/// <param name="Row">The row as it will be.</param>
/// <param name="Before">The row as it was; null for a new one.</param>
internal sealed record Draft(ItemReader Item, ApiRequest Request, JsonObject Row, JsonObject? Before)
{
    public bool IsNew => Before is null;
}

/// <summary>
/// One resource of the API, said once: where it is, what its rows are made of, how lists of it are asked for and what writes
/// answer. <see cref="ResourceEndpoints"/> serves it.
/// </summary>
internal sealed class Resource
{
    /// <summary>What <c>_embedded</c> calls the rows.</summary>
    public required string Name { get; init; }

    /// <summary>The collection's path below <c>/api/v4</c>, with route parameters where rows belong to something.</summary>
    public required string Path { get; init; }

    /// <summary>The rows that a request is about.</summary>
    public required Func<ApiRequest, DocumentTable> Table { get; init; }

    /// <summary>The properties, in the order in which they are shown.</summary>
    public required IReadOnlyList<Field> Fields { get; init; }

    /// <summary>The route parameter that names a row.</summary>
    public string Key { get; init; } = "{id:long}";

    /// <summary>Makes the name of a new row; ids are numbered otherwise.</summary>
    public Func<Draft, JsonNode>? NewKey { get; init; }

    /// <summary>The property that ties a row to what the route names, with the name of the route's parameter.</summary>
    public (string Property, string Route)? Parent { get; init; }

    public IReadOnlyList<string> Filters { get; init; } = [];

    public IReadOnlyList<string> Ranges { get; init; } = [];

    public IReadOnlyList<string> Orders { get; init; } = [];

    /// <summary>The properties that <c>query</c> looks at.</summary>
    public IReadOnlyList<string> Searched { get; init; } = [];

    /// <summary>Further filters of lists.</summary>
    public Func<JsonObject, ApiRequest, bool>? Matches { get; init; }

    public bool HasTotals { get; init; }

    public int LargestPage { get; init; } = ListQuery.LargestPage;

    public int MostItems { get; init; } = BatchWrite.MostItems;

    /// <summary>The largest number of rows, with what Kommo calls them; 422 beyond.</summary>
    public (int Most, string Words)? MostRows { get; init; }

    public int CreateStatus { get; init; } = 200;

    public int UpdateStatus { get; init; } = 200;

    /// <summary>What a request for an unknown row answers: 204 for most.</summary>
    public int UnknownStatus { get; init; } = 204;

    /// <summary>Writes answer whole rows rather than ids and links.</summary>
    public bool AnswersWhole { get; init; }

    /// <summary>The echo of <c>request_id</c> is a number.</summary>
    public bool NumbersRequests { get; init; }

    public bool WritesNeedAdmin { get; init; }

    public bool ReadsNeedAdmin { get; init; }

    public bool HasTimes { get; init; } = true;

    public bool HasUsers { get; init; }

    public bool HasAccount { get; init; } = true;

    /// <summary>Refuses any request: what the route names is unknown, or the function is off.</summary>
    public Func<ApiRequest, Reply?>? Refuse { get; init; }

    /// <summary>Checks and completes a write beyond its fields.</summary>
    public Action<Draft>? Check { get; init; }

    /// <summary>Runs after a row was kept.</summary>
    public Action<Draft>? Written { get; init; }

    /// <summary>Refuses a deletion.</summary>
    public Func<JsonObject, ApiRequest, Reply?>? RefuseDelete { get; init; }

    /// <summary>Runs after a row was removed.</summary>
    public Action<JsonObject, ApiRequest>? Deleted { get; init; }

    /// <summary>Completes what is shown of a row, as <c>with</c> asks.</summary>
    public Action<JsonObject, ApiRequest>? Show { get; init; }
}
