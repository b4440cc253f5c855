using MeshNode.Access;
using MeshNode.Models.Generic;

namespace MeshNode.Models.Lighting
{
    /// <summary>Makes an element a lamp that can be dimmed.</summary>
    /// <remarks>The seven models take about 1.4 KB of RAM.</remarks>
    public static class LightnessElement
    {
        /// <summary>
        /// Adds the Light Lightness Server, its setup server and the five models that they extend. See Mesh Model 1.1, section 6.4.2.
        /// </summary>
        /// <param name="element">The element, which has none of them.</param>
        /// <param name="client">The lamp, which is told of each change of Light Lightness Actual.</param>
        /// <returns>The Light Lightness Server.</returns>
        public static LightLightnessServer Compose(Element element, IStateClient client)
        {
            GenericDefaultTransitionTimeServer defaultTime = new GenericDefaultTransitionTimeServer();
            GenericOnOffServer onOff = new GenericOnOffServer(null, null);
            GenericLevelServer level = new GenericLevelServer(null, null);
            GenericPowerOnOffServer powerOnOff = new GenericPowerOnOffServer(onOff);
            GenericPowerOnOffSetupServer powerOnOffSetup = new GenericPowerOnOffSetupServer(powerOnOff, defaultTime);
            LightLightnessServer lightness = new LightLightnessServer(powerOnOff, level, client, defaultTime);
            element.Add(onOff);
            element.Add(level);
            element.Add(defaultTime);
            element.Add(powerOnOff);
            element.Add(powerOnOffSetup);
            element.Add(lightness);
            element.Add(new LightLightnessSetupServer(lightness, powerOnOffSetup));

            return lightness;
        }
    }
}
