namespace Kommo;

/// <summary>What is wrong with one item of a request (Kommo: HTTP codes, <c>validation-errors</c>).</summary>
/// <param name="RequestId">The item's <c>request_id</c>; null on routes of one entity.</param>
/// <param name="Errors">What is wrong with it.</param>
public sealed record KommoItemProblem(string? RequestId, IReadOnlyList<KommoFieldProblem> Errors);
