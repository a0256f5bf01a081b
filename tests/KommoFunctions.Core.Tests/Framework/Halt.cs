using KommoFunctions.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Core.Tests.Framework;

/// <summary>Stops a process at one step of a rotation, for ever or until the test lets it go on.</summary>
internal sealed class Halt(RotationStep at) : IRotationSteps
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the process stands there.</summary>
    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);

    public void Release() => _released.TrySetResult();

    public Action<IServiceCollection> AsService => services => services.AddSingleton<IRotationSteps>(this);

    public async ValueTask OverAsync(long accountId, RotationStep step)
    {
        if (step == at)
        {
            _reached.TrySetResult();
            await _released.Task;
        }
    }
}
