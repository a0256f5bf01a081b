namespace Kommo.Simulator;

/// <summary>A route that the simulator serves.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Template">The path with its parameters, as <c>/api/v4/leads/{id}</c>.</param>
public sealed record SimulatedRoute(string Method, string Template);
