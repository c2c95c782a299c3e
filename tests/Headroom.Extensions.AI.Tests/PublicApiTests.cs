namespace Headroom.Extensions.AI;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        Assert.Null(PublicApi.DifferenceFromApproved(typeof(HeadroomChatClient).Assembly, "tests/Headroom.Extensions.AI.Tests/PublicApi.approved.txt"));
    }
}
