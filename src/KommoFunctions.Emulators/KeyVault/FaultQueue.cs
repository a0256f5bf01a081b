namespace KommoFunctions.Emulators.KeyVault;

/// <summary>The failures in store, taken in the order in which they were asked for.</summary>
internal sealed class FaultQueue
{
    private readonly List<KeyVaultFault> _faults = [];
    private readonly Lock _lock = new();

    public void Add(KeyVaultFault fault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Times, 1);
        lock (_lock)
        {
            _faults.Add(fault);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    /// <summary>The fault for a request of this operation, one of its times used up.</summary>
    public KeyVaultFault? Take(KeyVaultOperation operation)
    {
        lock (_lock)
        {
            var index = _faults.FindIndex(fault => fault.Operation is null || fault.Operation == operation);
            if (index < 0)
            {
                return null;
            }

            var fault = _faults[index];
            if (fault.Times > 1)
            {
                _faults[index] = fault with { Times = fault.Times - 1 };
            }
            else
            {
                _faults.RemoveAt(index);
            }

            return fault;
        }
    }
}
