"""Textbook values at 298.15 K: formation enthalpy, standard entropy, electrode potentials."""

STANDARD: dict[str, tuple[str, float, float]] = {
    formula: (state, float(enthalpy), float(entropy))
    for formula, state, enthalpy, entropy in (
        item.split()
        for item in """
H2O liquid -285.83 69.95|CO2 gas -393.51 213.79|CO gas -110.53 197.66|CH4 gas -74.6 186.3|C2H6 gas -84.0 229.2
|C3H8 gas -103.8 270.3|C4H10 gas -125.7 310.1|C2H4 gas 52.4 219.3|C2H2 gas 227.4 200.9|C6H6 liquid 49.1 173.4
|CH3OH liquid -239.2 126.8|C2H5OH liquid -277.6 160.7|C8H18 liquid -250.1 361.1|C6H12O6 solid -1273.3 212.1
|NH3 gas -45.9 192.8|NO gas 91.3 210.8|NO2 gas 33.2 240.1|N2O gas 81.6 220.0|HNO3 liquid -174.1 155.6
|HCl gas -92.3 186.9|HF gas -273.3 173.8|H2S gas -20.6 205.8|SO2 gas -296.8 248.2|SO3 gas -395.7 256.8
|H2SO4 liquid -814.0 156.9|H2O2 liquid -187.8 109.6|NaCl solid -411.2 72.1|NaOH solid -425.8 64.4
|KCl solid -436.5 82.6|CaO solid -634.9 38.1|Ca(OH)2 solid -985.2 83.4|CaCO3 solid -1207.6 91.7
|MgO solid -601.6 27.0|Al2O3 solid -1675.7 50.9|Fe2O3 solid -824.2 87.4|Fe3O4 solid -1118.4 146.4
|CuO solid -157.3 42.6|ZnO solid -350.5 43.7|SiO2 solid -910.7 41.5|TiO2 solid -944.0 50.6|O3 gas 142.7 238.9
|H2 gas 0 130.7|O2 gas 0 205.2|N2 gas 0 191.6|F2 gas 0 202.8|Cl2 gas 0 223.1|Br2 liquid 0 152.2|I2 solid 0 116.1
|C solid 0 5.7|S solid 0 32.1|Fe solid 0 27.3|Cu solid 0 33.2|Al solid 0 28.3|Zn solid 0 41.6|Mg solid 0 32.7
|Na solid 0 51.3|K solid 0 64.7|Ca solid 0 41.6|Si solid 0 18.8|Ti solid 0 30.7
""".replace("\n", "").split("|")
    )
}
"""Formula to state, kJ/mol and J/(mol K); carbon is graphite, CaCO3 calcite, SiO2 quartz, TiO2 rutile."""
STEAM = ("gas", -241.83, 188.84)

POTENTIALS: dict[str, tuple[int, float]] = {
    "Li": (1, -3.04), "K": (1, -2.93), "Ca": (2, -2.87), "Na": (1, -2.71), "Mg": (2, -2.37), "Al": (3, -1.66),
    "Zn": (2, -0.76), "Fe": (2, -0.44), "Ni": (2, -0.26), "Sn": (2, -0.14), "Pb": (2, -0.13), "Cu": (2, 0.34),
    "Ag": (1, 0.80),
}  # fmt: skip
"""Metal to the charge of its ion and the standard potential of ion to metal in volts."""
