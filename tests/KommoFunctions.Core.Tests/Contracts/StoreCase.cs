namespace KommoFunctions.Core.Tests.Contracts;

/// <summary>A method of a store that writes, and another writer of the same rows.</summary>
/// <param name="Store">The store.</param>
/// <param name="Method">The method that is looked at.</param>
/// <param name="Against">What the other writer does.</param>
/// <param name="Arrange">What is there before.</param>
/// <param name="Act">Calls the method, with what its caller reads for it; what it tells its caller is part of the contract.</param>
/// <param name="Other">The other writer.</param>
internal sealed record StoreCase(
    Type Store,
    string Method,
    string Against,
    Func<ContractProcess, Task> Arrange,
    Func<ContractProcess, Task<object?>> Act,
    Func<ContractProcess, Task<object?>> Other)
{
    public string Name => $"{Store.Name}.{Method} against {Against}";
}
