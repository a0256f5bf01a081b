using System.Text.RegularExpressions;

namespace Kommo.Simulator.Faults;

/// <summary>The faults still to come, in the order they were asked for.</summary>
internal sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<(SimulatorFault Fault, Regex Route)> _planned = [];

    public IReadOnlyList<SimulatorFault> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _planned.Select(planned => planned.Fault)];
            }
        }
    }

    public void Add(SimulatorFault fault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(fault.DelayMilliseconds);
        string pattern = Regex.Escape(fault.Route).Replace("\\*", ".*", StringComparison.Ordinal);
        bool anyMethod = fault.Route.StartsWith('/') || fault.Route.StartsWith('*');
        Regex route = new($"^{(anyMethod ? "[A-Z]+ " : "")}{pattern}$", RegexOptions.CultureInvariant);
        lock (_gate)
        {
            _planned.Add((fault, route));
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _planned.Clear();
        }
    }

    /// <summary>Takes the fault that strikes this request, if one does.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="path">The request's path.</param>
    /// <param name="items">How many items its body holds.</param>
    public SimulatorFault? Take(string method, string path, int items)
    {
        string request = $"{method} {path}";
        lock (_gate)
        {
            int place = _planned.FindIndex(planned =>
                planned.Route.IsMatch(request) && (planned.Fault.ItemsAbove == 0 || items > planned.Fault.ItemsAbove));
            if (place < 0)
            {
                return null;
            }

            (SimulatorFault fault, Regex route) = _planned[place];
            if (fault.Count == 1)
            {
                _planned.RemoveAt(place);
            }
            else
            {
                _planned[place] = (fault with { Count = fault.Count - 1 }, route);
            }

            return fault;
        }
    }
}
