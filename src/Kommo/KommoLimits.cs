namespace Kommo;

/// <summary>Limits that Kommo sets on one request (Kommo: Limitations). What is beyond them is refused before it is sent.</summary>
public static class KommoLimits
{
    /// <summary>The most entities one request may read or write. Kommo answers 422 above it.</summary>
    public const int EntitiesPerRequest = 250;

    /// <summary>The number of entities per write that Kommo recommends; larger batches are likelier to end in a 504.</summary>
    public const int RecommendedEntitiesPerWrite = 50;

    /// <summary>The most custom fields of a lead, contact or company made by <c>leads/complex</c>.</summary>
    public const int CustomFieldsPerComplexEntity = 40;

    /// <summary>The most leads that one request to <c>leads/complex</c> may make.</summary>
    public const int ComplexLeadsPerRequest = 50;

    /// <summary>The most requests in one second that Kommo permits.</summary>
    public const int RequestsPerSecond = 7;

    /// <summary>The most list elements that one value of a chained list may name.</summary>
    public const int ChainedListElements = 5;

    /// <summary>The most stages of a pipeline, those of Kommo's own included.</summary>
    public const int StagesPerPipeline = 100;

    /// <summary>The most events on a page.</summary>
    public const int EventsPerPage = 100;

    /// <summary>The most ids, or users, that a filter of events takes.</summary>
    public const int ValuesPerEventFilter = 10;

    /// <summary>The most users that one request may add.</summary>
    public const int UsersPerRequest = 10;

    /// <summary>The most bots that one request may run.</summary>
    public const int BotsPerRequest = 100;

    /// <summary>The most statuses of customers.</summary>
    public const int CustomerStatuses = 30;
}
